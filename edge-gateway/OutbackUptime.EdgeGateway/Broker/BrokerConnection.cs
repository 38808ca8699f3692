using System.Buffers;
using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Protocol;
using OutbackUptime.EdgeGateway.Formats;
using OutbackUptime.EdgeGateway.Journal;

namespace OutbackUptime.EdgeGateway.Broker;

/// <summary>
/// One connection to the broker. Packets go into the journal as they come, many at once, and are acknowledged in the order in
/// which they came (MQTT 5 section 4.6), each after its fsync. It has a client of its own: an acknowledgement that comes late can't go
/// out on the next connection, where its packet id may mean another packet.
/// </summary>
internal sealed class BrokerConnection : IHubCommands, IDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly TaskCompletionSource<string> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<(MqttApplicationMessageReceivedEventArgs Message, Task<AppendResult> Taken)> _pending;
    private readonly HubIntake _intake;
    private readonly BrokerInstruments _instruments;
    private readonly string _station;

    public BrokerConnection(HubIntake intake, BrokerInstruments instruments, string station, int receiveMaximum)
    {
        (_intake, _instruments, _station) = (intake, instruments, station);

        // A broker that sends more than it may (Mosquitto 2.0 does, when acknowledgements are out of order) has to wait.
        _pending = Channel.CreateBounded<(MqttApplicationMessageReceivedEventArgs, Task<AppendResult>)>(receiveMaximum);
        _client.ApplicationMessageReceivedAsync += OnReceivedAsync;
        _client.DisconnectedAsync += OnDisconnectedAsync;
    }

    /// <summary>Connects; returns whether the broker had kept the session. Throws <see cref="BrokerException"/>.</summary>
    public async Task<bool> OpenAsync(MqttClientOptions options, CancellationToken cancellationToken)
    {
        var result = await _client.ConnectAsync(options, cancellationToken).ConfigureAwait(false);
        if (result.ResultCode != MqttClientConnectResultCode.Success)
        {
            throw new BrokerException($"the broker refuses the connection: {result.ResultCode} {result.ReasonString}".TrimEnd());
        }

        // Again with each connection: a session that was kept has them, and it does no harm.
        var subscribed = await _client.SubscribeAsync(new MqttClientSubscribeOptions { TopicFilters = [.. BrokerTopics.Of(_station)] }, cancellationToken).ConfigureAwait(false);
        foreach (var item in subscribed.Items)
        {
            if (item.ResultCode != MqttClientSubscribeResultCode.GrantedQoS1)
            {
                throw new BrokerException($"the broker answers {item.ResultCode} to the subscription to {item.TopicFilter.Topic}; expected QoS 1");
            }
        }

        return result.IsSessionPresent;
    }

    /// <summary>Acknowledges what the journal has, until the connection is lost: then it says why. Throws <see cref="BrokerException"/> when the journal takes no more.</summary>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var more = _pending.Reader.WaitToReadAsync(cancellationToken).AsTask();
            if (await Task.WhenAny(more, _lost.Task).ConfigureAwait(false) == _lost.Task)
            {
                return await _lost.Task.ConfigureAwait(false);
            }

            await more.ConfigureAwait(false);
            while (_pending.Reader.TryRead(out var next))
            {
                await AcknowledgeAsync(next.Message, next.Taken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Ends the connection; the broker keeps the session, and sends what was not acknowledged to the next one.</summary>
    public async Task CloseAsync(TimeSpan limit)
    {
        using var cancel = new CancellationTokenSource(limit);
        while (_pending.Reader.TryRead(out var next))
        {
            await AcknowledgeAsync(next.Message, next.Taken.WaitAsync(cancel.Token)).ConfigureAwait(false);
        }

        await _client.DisconnectAsync(new MqttClientDisconnectOptions(), cancel.Token).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task SendAsync(string topic, ReadOnlyMemory<byte> payload) =>
        _client.PublishAsync(new MqttApplicationMessage { Topic = topic, Payload = new ReadOnlySequence<byte>(payload), QualityOfServiceLevel = MqttQualityOfServiceLevel.AtMostOnce });

    /// <inheritdoc/>
    public void Dispose()
    {
        _pending.Writer.TryComplete();
        _client.Dispose();
    }

    private static async Task AcknowledgeAsync(MqttApplicationMessageReceivedEventArgs message, Task<AppendResult> taken)
    {
        AppendResult result;
        try
        {
            result = await taken.ConfigureAwait(false);
        }
        catch (JournalException e)
        {
            throw new BrokerException(e.Message, e);
        }

        if (result.Status == AppendStatus.QuotaExceeded)
        {
            // MQTT has no "later" for a subscriber. A broker sends again only on the next connection.
            throw new BrokerException("the journal is full; the broker keeps the packets as long as it can");
        }

        await message.AcknowledgeAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private async Task OnReceivedAsync(MqttApplicationMessageReceivedEventArgs e)
    {
        e.AutoAcknowledge = false;
        if (e.ApplicationMessage.Dup)
        {
            _instruments.OnRedelivered();
        }

        // Not awaited: the client hands out the next packet when this returns, and a commit takes many.
        await _pending.Writer.WriteAsync((e, TakeAsync(e.ApplicationMessage))).ConfigureAwait(false);
    }

    private Task<AppendResult> TakeAsync(MqttApplicationMessage message) =>
        BrokerTopics.IsCommand(message.Topic) ? Task.FromResult(new AppendResult(AppendStatus.Duplicate))
        : PublishTopic.TryParse(message.Topic, _station, out var to) ? _intake.TakeAsync(HubPublish.Copy(to, message), this)
        : _intake.TakeStrayAsync(message.Topic, message.Payload.ToArray());

    private Task OnDisconnectedAsync(MqttClientDisconnectedEventArgs e)
    {
        _lost.TrySetResult(e.Exception?.Message ?? (e.ReasonString is { Length: > 0 } reason ? reason : e.Reason.ToString()));
        return Task.CompletedTask;
    }
}
