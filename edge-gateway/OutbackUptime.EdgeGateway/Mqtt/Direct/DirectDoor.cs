using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using MQTTnet.Server;
using OutbackUptime.Domain.Access;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.EdgeGateway.Mqtt.Guard;
using OutbackUptime.EdgeGateway.Telemetry;

namespace OutbackUptime.EdgeGateway.Mqtt.Direct;

/// <summary>
/// The short way for what a gateway is for: a hub's plain QoS 1 publishes to its topic of packets go from the connection's buffer to
/// the journal, and after the commit all PUBACKs of a connection go out in one write (docs/decisions/0010). Everything else is the
/// server library's.
/// </summary>
internal sealed partial class DirectDoor : IDisposable
{
    private readonly string _station;
    private readonly IAppendQueue _journal;
    private readonly HubDirectory _hubs;
    private readonly Visitors _visitors;
    private readonly Notices _notices;
    private readonly MqttInstruments _instruments;
    private readonly PacketTraces _traces;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    // Bounded by what connections and the journal's queue may have under way.
    private readonly Channel<DirectPublish> _done = Channel.CreateUnbounded<DirectPublish>(new UnboundedChannelOptions { SingleReader = true });

    public DirectDoor(
        IOptions<GatewayOptions> gateway, IAppendQueue journal, HubDirectory hubs, Visitors visitors, Notices notices, MqttInstruments instruments, PacketTraces traces, TimeProvider time, ILogger<DirectDoor> logger)
    {
        (_station, _journal, _hubs, _visitors, _notices, _instruments, _traces, _time, _logger) = (gateway.Value.Station, journal, hubs, visitors, notices, instruments, traces, time, logger);
        _ = AnswerAsync();
    }

    /// <summary>Those that stand now.</summary>
    public HubCredentials Credentials => _hubs.Current;

    /// <summary>A client was let in: a hub's packets take the short way from now on.</summary>
    public void Open(ValidatingConnectionEventArgs e, Visitor visitor)
    {
        if (visitor.Role == VisitorRole.Hub && e.ChannelAdapter is GuardedChannel channel)
        {
            channel.Open(new DirectVisitor(this, visitor, TopicRules.Packets(_station, visitor.Id), e.MaximumPacketSize));
        }
    }

    /// <summary>Gives a packet to the journal. Waits while that has too much to do.</summary>
    public ValueTask TakeAsync(GuardedChannel channel, ushort id, IncomingPacket packet)
    {
        var before = Activity.Current;
        var span = _traces.StartPublish(packet.Hub, packet.Topic, always: packet.Fault is not null);
        if (span is null)
        {
            return _journal.OfferAsync(new DirectPublish(this, channel, id, packet, _time.GetUtcNow()));
        }

        var append = _traces.StartAppend(span);
        // Both end elsewhere (Trace); what this connection does next is no part of them.
        Activity.Current = before;
        return _journal.OfferAsync(new DirectPublish(this, channel, id, packet with { TraceParent = span.Id }, _time.GetUtcNow()) { Span = span, AppendSpan = append });
    }

    /// <summary>The journal is done with it.</summary>
    public void OnDone(DirectPublish publish) => _done.Writer.TryWrite(publish);

    /// <inheritdoc/>
    public void Dispose() => _done.Writer.TryComplete();

    /// <summary>One for all connections: answers go out in the order of the commits, those of a commit together.</summary>
    private async Task AnswerAsync()
    {
        List<GuardedChannel> answered = [];
        while (await _done.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (_done.Reader.TryRead(out var publish))
            {
                Trace(publish);
                await TellWatchersAsync(publish).ConfigureAwait(false);
                if (TryAnswer(publish))
                {
                    answered.Add(publish.Channel);
                }
            }

            answered.ForEach(channel => channel.FlushAnswers());
            answered.Clear();
        }
    }

    /// <summary>As <see cref="Answer"/>. What is wrong with one connection must not keep all others without answers.</summary>
    private bool TryAnswer(DirectPublish publish)
    {
        try
        {
            return Answer(publish);
        }
#pragma warning disable CA1031 // See above.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogNotAnswered(publish.Packet.Hub, e.Message);
            publish.Channel.Break();
            return false;
        }
    }

    /// <summary>
    /// Puts the answer where it waits to be written; true when it is the first one there. MQTT 3.1.1 has no way to say no in a
    /// PUBACK: a hub would take it for a yes, so its connection is closed instead.
    /// </summary>
    private bool Answer(DirectPublish publish)
    {
        var channel = publish.Channel;
        if (publish.Error is { } error)
        {
            // No PUBACK: the hub keeps the packet and sends it again.
            _instruments.OnFailed(FailureReasons.JournalFailed, 1);
            LogNotJournaled(publish.Packet.Hub, error.Message);
            channel.Break();
            return false;
        }

        _instruments.OnPacket(publish.Result.Status);
        switch (publish.Result.Status)
        {
            case AppendStatus.Quarantined:
                return channel.Answer(publish.Id, (byte)MQTTnet.Protocol.MqttPubAckReasonCode.PayloadFormatInvalid, publish.Result.Fault!.Reason);
            case AppendStatus.QuotaExceeded when !channel.SaysWhy:
                channel.Break();
                return false;
            case AppendStatus.QuotaExceeded:
                return channel.Answer(publish.Id, (byte)MQTTnet.Protocol.MqttPubAckReasonCode.QuotaExceeded, MqttFrontDoor.Full);
            default:
                return channel.Answer(publish.Id);
        }
    }

    private void Trace(DirectPublish publish)
    {
        publish.AppendSpan?.Dispose();
        var (outcome, error) = publish.Error is { } failure ? (FailureReasons.JournalFailed, failure.Message)
            : publish.Result.Status is AppendStatus.Quarantined or AppendStatus.QuotaExceeded
                ? (publish.Result.Status.ToString(), publish.Result.Fault?.Code ?? FailureReasons.QuotaExceeded)
                : (publish.Span is null ? "" : publish.Result.Status.ToString(), null);
        _traces.OnTaken(publish.Span, publish.Packet.Hub, publish.Packet.Topic, publish.ReceivedAt, outcome, error);
        publish.Span?.Dispose();
    }

    private async ValueTask TellWatchersAsync(DirectPublish publish)
    {
        if (publish.Error is not null || publish.Result.Status != AppendStatus.Accepted || !_visitors.AnySubscribed)
        {
            return;
        }

        try
        {
            await _notices.PacketAsync(publish.Packet.Topic, publish.Packet.Payload).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever a watcher's trouble is, the packet is journaled, and its hub is to hear so.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogNotTold(publish.Packet.Hub, e.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "A packet of {Hub} was not journaled, so it is not acknowledged: {Reason}")]
    private partial void LogNotJournaled(string hub, string reason);

    [LoggerMessage(3, LogLevel.Error, "A packet of {Hub} is journaled, but could not be acknowledged: {Reason}")]
    private partial void LogNotAnswered(string hub, string reason);

    [LoggerMessage(2, LogLevel.Warning, "A packet of {Hub} is journaled, but could not be passed on to those who watch: {Reason}")]
    private partial void LogNotTold(string hub, string reason);
}
