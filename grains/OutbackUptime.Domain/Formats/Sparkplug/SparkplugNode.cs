using System.Globalization;
using OutbackUptime.Domain.Packets;

namespace OutbackUptime.Domain.Formats.Sparkplug;

/// <summary>
/// One edge node's session, and what its messages say (Sparkplug 3.0 sections 5 and 6). Each birth certificate of the node
/// begins a boot; the number within it rises as the node's seq does, which goes round at 256. Devices share the node's seq,
/// so they are one hub with it, and their metrics are prefixed by the device's id. In memory only: after a restart of the
/// gateway, or for a node whose birth it missed, the node is asked for its certificates.
/// </summary>
public sealed class SparkplugNode
{
    private const int Lap = 256;

    // How far a metric's own time may lie from the payload's and still be the same measurement.
    private const ulong SameTimeMs = 1000;
    private static readonly ulong s_maxMs = (ulong)(DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).TotalMilliseconds;

    private SparkplugBirths _births = new();
    private bool _isBorn;
    private ulong? _bdSeq;
    private ulong _birthHash;
    private int _seq;

    /// <summary>Takes a message in. Never throws on bad input.</summary>
    /// <param name="message">From the topic.</param>
    /// <param name="device">From the topic; empty for the node's own messages.</param>
    /// <param name="bytes">The protobuf payload.</param>
    public SourceReading Read(SparkplugMessage message, string device, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (!SparkplugPayload.TryRead(bytes, out var payload))
        {
            return SourceReading.Bad(new PacketFault(
                FaultCodes.SparkplugInvalid, $"The payload is no Sparkplug B protobuf, or has more than {SparkplugPayload.MaxMetrics} metrics."));
        }

        return message switch
        {
            SparkplugMessage.NodeBirth => Birth(payload, PacketParser.Hash(bytes)),
            SparkplugMessage.NodeDeath => Death(payload),
            _ => Data(message, device, payload),
        };
    }

    private SourceReading Birth(SparkplugPayload payload, ulong hash)
    {
        // A certificate that comes again by itself is a redelivery: the session goes on.
        if (!_isBorn || _birthHash != hash || payload.Timestamp is null)
        {
            (_births, _isBorn, _bdSeq, _birthHash, _seq) = (new SparkplugBirths(), true, payload.BdSeq, hash, (int)((payload.Seq ?? 0) % Lap));
            _births.Learn("", payload.Metrics);
        }

        return Group("", payload, ("node_online", 1)) with { StartsBoot = true };
    }

    private SourceReading Death(SparkplugPayload payload)
    {
        if (!_isBorn || _bdSeq != payload.BdSeq)
        {
            return SourceReading.Bad(new PacketFault(
                FaultCodes.SparkplugStaleDeath,
                $"A death certificate of bdSeq {Text(payload.BdSeq)}; {(_isBorn ? $"the session that is alive has {Text(_bdSeq)}" : "no session is alive")}."));
        }

        _isBorn = false;

        // It is made with the connection and may be the same each time; nothing in it tells one death from the next.
        return Group("", payload, ("node_online", 0)) with { MayRepeat = false };
    }

    private SourceReading Data(SparkplugMessage message, string device, SparkplugPayload payload)
    {
        var rebirth = _isBorn ? null : "its birth certificate is not known";
        var advance = 1;
        if (_isBorn && payload.Seq is { } seq and < Lap)
        {
            var ahead = ((int)seq - _seq + Lap) % Lap;
            if (ahead is > 0 and <= Lap / 2)
            {
                (advance, _seq) = (ahead, (int)seq);
                rebirth = ahead == 1 ? null : $"{ahead - 1} messages before seq {seq} are missing";
            }
        }

        if (message == SparkplugMessage.DeviceBirth && _isBorn)
        {
            _births.Learn(device, payload.Metrics);
        }

        var reading = message switch
        {
            SparkplugMessage.DeviceBirth => Group(device, payload, (MetricNames.Plain(device, "online"), 1)),
            SparkplugMessage.DeviceDeath => Group(device, payload, (MetricNames.Plain(device, "online"), 0)),
            _ => Group(device, payload, null),
        };
        return reading with { Advance = advance, RebirthReason = rebirth ?? reading.RebirthReason };
    }

    private SourceReading Group(string device, SparkplugPayload payload, (string Name, double Value)? state)
    {
        var leftOut = new LeftOuts();
        var groups = new PacketGroups();
        var unnamed = 0;
        if (state is { } mark)
        {
            groups.TryAdd(Time(payload.Timestamp), mark.Name, mark.Value);
        }

        foreach (var metric in payload.Metrics)
        {
            var label = metric.Name ?? $"alias {Text(metric.Alias)}";
            if (!_births.TryResolve(device, metric, out var name, out var dataType))
            {
                unnamed++;
                leftOut.Add(label, "has no name that is known");
            }
            else if (!metric.TryValue(dataType, out var value, out var why))
            {
                leftOut.Add(label, why);
            }
            else if (!groups.TryAdd(Time(TimeOf(metric, payload)), name, value))
            {
                return SourceReading.Bad(PacketGroups.TooMany());
            }
        }

        var fault = groups.Count > 0 ? null
            : unnamed > 0 ? new PacketFault(FaultCodes.SparkplugUnborn, "Its metrics have aliases only, and the certificate that names them is not known.")
            : leftOut.ToFault() ?? new PacketFault(FaultCodes.PackEmpty, "The payload has no metric.");
        return new SourceReading
        {
            Packets = groups.Packets,
            Fault = fault,
            LeftOut = fault is null ? leftOut.ToFault() : null,
            // Where it has no time, the same seq and values come again a lap later.
            MayRepeat = payload.Timestamp is not null,
            RebirthReason = unnamed > 0 ? $"{unnamed} metrics have aliases that no certificate has named" : null,
        };
    }

    private static ulong? TimeOf(in SparkplugMetric metric, SparkplugPayload payload) =>
        metric.Timestamp is not { } own || (payload.Timestamp is { } all && !metric.IsHistorical && (own > all ? own - all : all - own) <= SameTimeMs)
            ? payload.Timestamp
            : own;

    private static DateTimeOffset? Time(ulong? ms) => ms is { } known && known <= s_maxMs ? DateTimeOffset.UnixEpoch.AddMilliseconds(known) : null;

    private static string Text(ulong? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "none";
}
