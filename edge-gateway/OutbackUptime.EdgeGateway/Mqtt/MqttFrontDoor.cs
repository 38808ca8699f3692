using Microsoft.Extensions.Options;
using MQTTnet.Protocol;
using MQTTnet.Server;
using OutbackUptime.Domain.Access;
using OutbackUptime.EdgeGateway.Formats;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.EdgeGateway.Mqtt.Direct;
using OutbackUptime.EdgeGateway.Mqtt.Guard;

namespace OutbackUptime.EdgeGateway.Mqtt;

/// <summary>
/// Takes hubs' packets over MQTT 3.1.1 and 5, as far as <see cref="DirectDoor"/> does not. The server sends the PUBACK when the
/// publish handler returns, and the handler returns when the journal has fsynced (I1).
/// </summary>
internal sealed partial class MqttFrontDoor(
    IOptions<GatewayOptions> gateway,
    IOptions<MqttOptions> options,
    IOptions<GuardOptions> guard,
    GuardedServerAdapter adapter,
    Doorkeeper doorkeeper,
    Visitors visitors,
    Notices notices,
    HubDirectory hubs,
    HubIntake intake,
    DirectDoor direct,
    RefusalLog refusals,
    ILogger<MqttFrontDoor> logger) : IHostedService, IDisposable
{
    /// <summary>What a hub is told by a journal that takes no more.</summary>
    internal const string Full = "the gateway's journal is full; keep the packet and try again later";

    private readonly ILogger _logger = logger;
    private readonly string _station = gateway.Value.Station;
    private MqttServer? _server;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var o = options.Value;
        var limits = new MqttServerOptionsBuilder()
            // The guard's own limits end things first, and name them.
            .WithDefaultCommunicationTimeout(guard.Value.ConnectTime + guard.Value.WriteTime)
            .WithMaxPendingMessagesPerClient(guard.Value.MaxQueuedMessages)
            .WithPersistentSessions(false)
            .WithoutDefaultEndpoint()
            .Build();
        limits.PendingMessagesOverflowStrategy = MqttPendingMessagesOverflowStrategy.DropNewMessage;
        _server = new MqttServerFactory().CreateMqttServer(limits, [adapter]);
        _server.ValidatingConnectionAsync += OnConnecting;
        _server.InterceptingPublishAsync += OnPublishAsync;
        visitors.Attach(_server);
        notices.Attach(_server);
        await _server.StartAsync().ConfigureAwait(false);
        await visitors.StartAsync().ConfigureAwait(false);
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
    public void Dispose() => _server?.Dispose();

    private Task OnConnecting(ValidatingConnectionEventArgs e)
    {
        var visitor = doorkeeper.Admit(e);
        if (visitor is { Role: VisitorRole.Hub })
        {
            direct.Open(e, visitor);
        }

        if (visitor is { Role: VisitorRole.Watcher } && visitors.Watchers >= guard.Value.MaxWatchers)
        {
            doorkeeper.Refuse(e, Refusal.Watchers, MqttConnectReasonCode.QuotaExceeded, $"{guard.Value.MaxWatchers} watchers are connected already");
        }

        return Task.CompletedTask;
    }

    private async Task OnPublishAsync(InterceptingPublishEventArgs e)
    {
        if (notices.IsOwn(e.SessionItems))
        {
            return;
        }

        // Nothing of a hub's is dispatched or retained as it comes: the journal is where it goes, and what others see comes from there.
        e.ProcessPublish = false;
        if (Visitor.Of(e.SessionItems) is not { } visitor || !visitor.Stands(hubs.Current))
        {
            e.Response.ReasonCode = MqttPubAckReasonCode.NotAuthorized;
            e.Response.ReasonString = $"the credential of {e.UserName} was revoked";
            e.CloseConnection = true;
            refusals.Add(Refusal.Revoked, e.UserName, e.Response.ReasonString);
            return;
        }

        var topic = e.ApplicationMessage.Topic;
        if (visitor.Role == VisitorRole.Hub && topic == TopicRules.Status(_station, visitor.Id))
        {
            // Its last will, mostly. The gateway sees for itself whether the hub is there, and says so.
            return;
        }

        if (visitor.Role != VisitorRole.Hub || !PublishTopic.TryParse(topic, _station, out var to) || to.Hub != visitor.Id)
        {
            e.Response.ReasonCode = MqttPubAckReasonCode.NotAuthorized;
            e.Response.ReasonString = visitor.Role == VisitorRole.Hub ? $"{visitor.Id} may publish to stations/{_station}/hubs/{visitor.Id}/packets or …/senml or spBv1.0/{_station}/…/{visitor.Id} only" : $"{visitor.Id} may watch, not publish";
            e.CloseConnection = !visitor.SaysWhy;
            refusals.Add(Refusal.Topic, visitor.Id, topic);
            return;
        }

        try
        {
            var publish = HubPublish.Copy(to, e.ApplicationMessage);
            var result = await intake.TakeAsync(publish, notices).ConfigureAwait(false);
            Answer(e, visitor, result);
            if (result.Status == AppendStatus.Accepted && visitors.AnySubscribed)
            {
                await notices.PacketAsync(topic, publish.Payload).ConfigureAwait(false);
            }
        }
        catch (JournalException error)
        {
            // No PUBACK: the hub keeps the packet and sends it again.
            e.CloseConnection = true;
            LogNotJournaled(to.Hub, error.Message);
        }
    }

    /// <summary>MQTT 3.1.1 has no way to say no in a PUBACK: a hub would take it for a yes, so its connection is closed instead.</summary>
    private static void Answer(InterceptingPublishEventArgs e, Visitor visitor, AppendResult result)
    {
        switch (result.Status)
        {
            case AppendStatus.Quarantined:
                e.Response.ReasonCode = MqttPubAckReasonCode.PayloadFormatInvalid;
                e.Response.ReasonString = result.Fault!.Reason;
                break;
            case AppendStatus.QuotaExceeded:
                e.Response.ReasonCode = MqttPubAckReasonCode.QuotaExceeded;
                e.Response.ReasonString = Full;
                e.CloseConnection = !visitor.SaysWhy;
                break;
        }
    }
}
