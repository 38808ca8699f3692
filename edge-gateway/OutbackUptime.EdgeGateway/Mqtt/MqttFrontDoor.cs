using Microsoft.Extensions.Options;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using MQTTnet.Server;
using OutbackUptime.EdgeGateway.Formats;
using OutbackUptime.EdgeGateway.Journal;

namespace OutbackUptime.EdgeGateway.Mqtt;

/// <summary>
/// Takes hubs' packets over MQTT 3.1.1 and 5. The server sends the PUBACK when the publish handler returns, and the handler
/// returns when the journal has fsynced (I1).
/// </summary>
internal sealed partial class MqttFrontDoor(
    IOptions<GatewayOptions> gateway, IOptions<MqttOptions> options, HubDirectory hubs, HubIntake intake, MqttInstruments instruments, ILogger<MqttFrontDoor> logger) : IHostedService, IHubCommands, IDisposable
{
    private const string AdmittedItem = "admitted";
    private const string SaysWhyItem = "says-why";
    private readonly ILogger _logger = logger;
    private readonly string _station = gateway.Value.Station;

    // What the gateway itself publishes carries this, which no hub can.
    private readonly System.Collections.Hashtable _own = [];
    private MqttServer? _server;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var o = options.Value;
        _server = MqttListener.Create(o);
        _server.ValidatingConnectionAsync += OnConnecting;
        _server.InterceptingPublishAsync += OnPublishAsync;
        _server.InterceptingSubscriptionAsync += OnSubscribe;
        _server.ClientConnectedAsync += e => Count(e.SessionItems, 1);
        _server.ClientDisconnectedAsync += e => Count(e.SessionItems, -1);
        await _server.StartAsync().ConfigureAwait(false);
        LogStarted(_station, o.Address, o.Port, o.Plaintext ? "plaintext" : "TLS");
        if (o.Plaintext)
        {
            LogPlaintext();
        }
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_server is { IsStarted: true })
        {
            await _server.StopAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public Task SendAsync(string topic, ReadOnlyMemory<byte> payload) =>
        _server!.InjectApplicationMessage(new InjectedMqttApplicationMessage(new MqttApplicationMessage { Topic = topic, Payload = new(payload) }) { SenderClientId = "gateway", CustomSessionItems = _own });

    /// <inheritdoc/>
    public void Dispose() => _server?.Dispose();

    private Task Count(System.Collections.IDictionary items, int change)
    {
        if (items.Contains(AdmittedItem))
        {
            instruments.OnConnected(change);
        }

        return Task.CompletedTask;
    }

    private Task OnConnecting(ValidatingConnectionEventArgs e)
    {
        var credentials = hubs.Current;
        if (!credentials.IsValid(e.UserName, e.Password))
        {
            e.ReasonCode = MqttConnectReasonCode.BadUserNameOrPassword;
            return Refuse("connection", e.UserName, "credentials", "unknown hub or wrong password");
        }

        if (e.KeepAlivePeriod is not { } keepAlive || keepAlive == 0 || keepAlive > options.Value.MaxKeepAlive.TotalSeconds)
        {
            e.ReasonCode = MqttConnectReasonCode.ImplementationSpecificError;
            e.ReasonString = $"keep-alive must be 1 to {options.Value.MaxKeepAlive.TotalSeconds:0} s";
            return Refuse("connection", e.UserName, "keep-alive", e.ReasonString);
        }

        if (string.IsNullOrEmpty(e.ClientId))
        {
            // MQTT 5 section 3.1.3.1; older clients: NamingChannelAdapter.
            e.AssignedClientIdentifier = $"auto-{Guid.NewGuid():N}";
        }

        e.SessionItems[AdmittedItem] = credentials.MarkOf(e.UserName);
        e.SessionItems[SaysWhyItem] = e.ProtocolVersion == MqttProtocolVersion.V500;
        return Task.CompletedTask;
    }

    private async Task OnPublishAsync(InterceptingPublishEventArgs e)
    {
        if (ReferenceEquals(e.SessionItems, _own))
        {
            return;
        }

        // Nobody subscribes to packets here, and none is retained: the journal is where they go.
        e.ProcessPublish = false;
        if (!PublishTopic.TryParse(e.ApplicationMessage.Topic, _station, out var to) || to.Hub != e.UserName)
        {
            e.Response.ReasonCode = MqttPubAckReasonCode.NotAuthorized;
            e.Response.ReasonString = $"{e.UserName} may publish to stations/{_station}/hubs/{e.UserName}/packets or …/senml or spBv1.0/{_station}/…/{e.UserName} only";
            e.CloseConnection = !CanSayNo(e);
            await Refuse("publish", e.UserName, "topic", e.ApplicationMessage.Topic).ConfigureAwait(false);
            return;
        }

        if (e.SessionItems[AdmittedItem] is not byte[] admitted || !admitted.AsSpan().SequenceEqual(hubs.Current.MarkOf(to.Hub)))
        {
            e.Response.ReasonCode = MqttPubAckReasonCode.NotAuthorized;
            e.Response.ReasonString = $"the credential of {to.Hub} was revoked";
            e.CloseConnection = true;
            await Refuse("publish", e.UserName, "revoked", e.Response.ReasonString).ConfigureAwait(false);
            return;
        }

        try
        {
            Answer(e, await intake.TakeAsync(HubPublish.Copy(to, e.ApplicationMessage), this).ConfigureAwait(false));
        }
        catch (JournalException error)
        {
            // No PUBACK: the hub keeps the packet and sends it again.
            e.CloseConnection = true;
            LogNotJournaled(to.Hub, error.Message);
        }
    }

    /// <summary>MQTT 3.1.1 has no way to say no in a PUBACK: a hub would take it for a yes, so its connection is closed instead.</summary>
    private static bool CanSayNo(InterceptingPublishEventArgs e) => e.SessionItems[SaysWhyItem] is true;

    private static void Answer(InterceptingPublishEventArgs e, AppendResult result)
    {
        switch (result.Status)
        {
            case AppendStatus.Quarantined:
                e.Response.ReasonCode = MqttPubAckReasonCode.PayloadFormatInvalid;
                e.Response.ReasonString = result.Fault!.Reason;
                break;
            case AppendStatus.QuotaExceeded:
                e.Response.ReasonCode = MqttPubAckReasonCode.QuotaExceeded;
                e.Response.ReasonString = "the gateway's journal is full; keep the packet and try again later";
                e.CloseConnection = !CanSayNo(e);
                break;
        }
    }

    private Task OnSubscribe(InterceptingSubscriptionEventArgs e)
    {
        if (CommandTopics.MaySubscribe(_station, e.UserName, e.TopicFilter.Topic))
        {
            return Task.CompletedTask;
        }

        e.ProcessSubscription = false;
        e.Response.ReasonCode = MqttSubscribeReasonCode.NotAuthorized;
        return Refuse("subscription", e.UserName, "subscription", e.TopicFilter.Topic);
    }

    private Task Refuse(string what, string? user, string reason, string detail)
    {
        instruments.OnRefused(reason);
        LogRefused(what, string.IsNullOrEmpty(user) ? "(nobody)" : user, detail);
        return Task.CompletedTask;
    }
}
