using OutbackUptime.Domain.Losses;
using OutbackUptime.Domain.Packets;

namespace OutbackUptime.Domain.Overflow;

/// <summary>The packets of one hub, boot and quarter of an hour, added up.</summary>
internal sealed class ThinningGroup(string hub, long boot, DateTimeOffset bucket)
{
    // Sums of the largest doubles must not overflow; a power of two costs no precision. Enough for a million packets.
    private const double Scale = 1.0 / (1 << 20);

    private readonly Dictionary<string, Sums> _metrics = new(StringComparer.Ordinal);
    private readonly List<long> _offsets = [];
    private long _firstSeq = long.MaxValue;
    private long _lastSeq;
    private long _bytes;
    private DateTimeOffset _lastReceivedAt;

    public int Packets => _offsets.Count;

    public long FirstOffset => _offsets[0];

    /// <summary>When by the journal's order no more of its packets are to be expected.</summary>
    public DateTimeOffset EndsAt => Later(bucket + ThinnedRow.BucketLength, _lastReceivedAt);

    /// <summary>Whether the row could still take the packet's metrics.</summary>
    public bool Takes(ThinCandidate packet) =>
        _metrics.Count + packet.Metrics.Count <= PacketParser.MaxMetrics || _metrics.Count + packet.Metrics.Count(m => !_metrics.ContainsKey(m.Name)) <= PacketParser.MaxMetrics;

    public void Add(ThinCandidate packet)
    {
        _offsets.Add(packet.Offset);
        (_firstSeq, _lastSeq) = (Math.Min(_firstSeq, packet.Seq), Math.Max(_lastSeq, packet.Seq));
        _bytes += packet.Bytes;
        _lastReceivedAt = Later(_lastReceivedAt, packet.ReceivedAt);
        foreach (var metric in packet.Metrics)
        {
            var at = (packet.EventTime, packet.Seq);
            _metrics[metric.Name] = _metrics.TryGetValue(metric.Name, out var s)
                ? new Sums(Math.Min(s.Min, metric.Value), Math.Max(s.Max, metric.Value), s.Scaled + (metric.Value * Scale), s.Count + 1, s.At.CompareTo(at) > 0 ? s.Last : metric.Value, s.At.CompareTo(at) > 0 ? s.At : at)
                : new Sums(metric.Value, metric.Value, metric.Value * Scale, 1, metric.Value, at);
        }
    }

    /// <summary>The row; null when it would free less than half of the bytes: then the packets stay as they are.</summary>
    public ThinnedRun? Close(int entryOverhead)
    {
        var row = new ThinnedRow(hub, boot, _firstSeq, _lastSeq, Packets, bucket, _metrics.ToDictionary(m => m.Key, m => m.Value.ToMetric(Scale), StringComparer.Ordinal));
        var payload = ThinnedRowJson.Write(row);
        return (payload.Length + entryOverhead) * 2L <= _bytes ? new ThinnedRun(row, payload, _offsets) : null;
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private readonly record struct Sums(double Min, double Max, double Scaled, long Count, double Last, (DateTimeOffset Time, long Seq) At)
    {
        // Rounding must not take the mean out of the range.
        public ThinnedMetric ToMetric(double scale) => new(Min, Math.Clamp(Scaled / Count / scale, Min, Max), Max, Last);
    }
}
