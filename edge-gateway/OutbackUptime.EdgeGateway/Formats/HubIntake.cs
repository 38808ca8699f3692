using Microsoft.Extensions.Options;
using OutbackUptime.Domain.Packets;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.EdgeGateway.Mqtt;
using OutbackUptime.EdgeGateway.Telemetry;

namespace OutbackUptime.EdgeGateway.Formats;

/// <summary>
/// Takes a publish in whatever format into the journal; the same for hubs at the door and hubs behind an external broker. All
/// that one publish holds is journaled in one transaction, before it is acknowledged (I1).
/// </summary>
internal sealed partial class HubIntake(
    IOptions<GatewayOptions> gateway, IPacketJournal journal, MqttInstruments instruments, PacketTraces traces, TimeProvider time, ILogger<HubIntake> logger)
{
    private readonly ILogger _logger = logger;
    private readonly NativeFormat _native = new();
    private readonly SenMlFormat _senMl = new(time);
    private readonly SparkplugFormat _sparkplug = new();
    private readonly RebirthRequests _rebirths = new(time);

    /// <summary>
    /// Journals a publish; completes after the fsync. Throws <see cref="JournalException"/> when it could not be written: then it
    /// must not be acknowledged. Publishes of one hub go in in the order of the calls.
    /// </summary>
    public async Task<AppendResult> TakeAsync(HubPublish publish, IHubCommands commands)
    {
        IPayloadFormat format = publish.To.Format switch
        {
            PayloadFormat.SenMl => _senMl,
            PayloadFormat.Sparkplug => _sparkplug,
            _ => _native,
        };
        var receivedAt = time.GetUtcNow();
        var reading = format.Read(publish);
        using var span = traces.StartPublish(publish.To.Hub, publish.Topic, always: reading.Packets.Any(p => p.Fault is not null));
        IReadOnlyList<AppendResult> results;
        try
        {
            using var append = traces.StartAppend(span);
            results = await journal.AppendAllAsync(span is null ? reading.Packets : [.. reading.Packets.Select(p => p with { TraceParent = span.Id })]).ConfigureAwait(false);
        }
        catch (JournalException e)
        {
            format.Forget(publish.To.Hub);
            instruments.OnFailed(FailureReasons.JournalFailed, reading.Packets.Count);
            traces.OnTaken(span, publish.To.Hub, publish.Topic, receivedAt, FailureReasons.JournalFailed, e.Message);
            throw;
        }

        foreach (var result in results)
        {
            instruments.OnPacket(result.Status);
        }

        var all = Sum(results);
        traces.OnTaken(span, publish.To.Hub, publish.Topic, receivedAt, all.Status.ToString(), ErrorOf(results));
        if (all.Status == AppendStatus.QuotaExceeded)
        {
            format.Forget(publish.To.Hub);
        }

        if (reading.RebirthReason is { } reason && all.Status != AppendStatus.Duplicate)
        {
            await AskForBirthAsync(commands, publish.To.Hub, reason).ConfigureAwait(false);
        }

        return all;
    }

    /// <summary>Quarantines what came to no hub's topic.</summary>
    public async Task<AppendResult> TakeStrayAsync(string topic, ReadOnlyMemory<byte> payload)
    {
        var kept = payload[..Math.Min(payload.Length, PacketParser.MaxPayloadBytes)];
        var result = await journal.AppendAsync(new IncomingPacket("", Cut(topic), kept, null, new PacketFault(
            FaultCodes.HubNameInvalid, $"The topic is none of a hub of station {gateway.Value.Station}; a hub's name is {Domain.Stations.EntityName.Rule}."))).ConfigureAwait(false);
        instruments.OnPacket(result.Status);
        return result;
    }

    /// <summary>What a hub is told about a publish of several packets: whether there is something it should do.</summary>
    private static AppendResult Sum(IReadOnlyList<AppendResult> results)
    {
        foreach (var status in (ReadOnlySpan<AppendStatus>)[AppendStatus.QuotaExceeded, AppendStatus.Accepted, AppendStatus.Duplicate])
        {
            foreach (var result in results)
            {
                if (result.Status == status)
                {
                    return result;
                }
            }
        }

        return results[0];
    }

    private static string? ErrorOf(IReadOnlyList<AppendResult> results)
    {
        foreach (var result in results)
        {
            if (result.Status is AppendStatus.Quarantined or AppendStatus.QuotaExceeded)
            {
                return result.Fault?.Code ?? FailureReasons.QuotaExceeded;
            }
        }

        return null;
    }

    private static string Cut(string topic) => topic.Length <= 1024 ? topic : topic[..1024];

    private async Task AskForBirthAsync(IHubCommands commands, string hub, string reason)
    {
        try
        {
            if (await _rebirths.AskAsync(commands, gateway.Value.Station, hub).ConfigureAwait(false))
            {
                instruments.OnRebirthAsked();
                LogRebirth(hub, reason);
            }
        }
        catch (Exception e) when (e is InvalidOperationException or OperationCanceledException or MQTTnet.Exceptions.MqttCommunicationException)
        {
            // The packet is journaled; the next one asks again.
            LogRebirthFailed(hub, e.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Asked the Sparkplug node {Hub} for its birth certificates: {Reason}")]
    private partial void LogRebirth(string hub, string reason);

    [LoggerMessage(2, LogLevel.Warning, "The Sparkplug node {Hub} could not be asked for its birth certificates: {Reason}")]
    private partial void LogRebirthFailed(string hub, string reason);
}
