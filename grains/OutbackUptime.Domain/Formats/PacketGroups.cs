using OutbackUptime.Domain.Packets;

namespace OutbackUptime.Domain.Formats;

/// <summary>
/// Sorts the values of one publish into packets: one for each time, in the order in which times appear; more where a packet
/// would get too many metrics, or one metric twice.
/// </summary>
internal sealed class PacketGroups
{
    /// <summary>Most packets of one publish: an hour of history at 30 s. All fit a hub's ring, twice, so that a redelivery is known.</summary>
    public const int MaxPackets = 120;

    private readonly List<SourcePacket> _packets = [];
    private readonly List<(List<Metric> Metrics, HashSet<string> Names)> _contents = [];
    private readonly Dictionary<long, List<int>> _byTime = [];

    /// <summary>How many there are.</summary>
    public int Count => _packets.Count;

    /// <summary>The packets so far.</summary>
    public IReadOnlyList<SourcePacket> Packets => _packets;

    /// <summary>Puts a value in its packet; false when that would be one packet too many.</summary>
    public bool TryAdd(DateTimeOffset? time, string name, double value)
    {
        var key = time?.UtcTicks ?? -1;
        if (!_byTime.TryGetValue(key, out var parts))
        {
            _byTime[key] = parts = [];
        }

        foreach (var part in parts)
        {
            var (metrics, names) = _contents[part];
            if (metrics.Count < PacketParser.MaxMetrics && names.Add(name))
            {
                metrics.Add(new Metric(name, value));
                return true;
            }
        }

        if (_packets.Count == MaxPackets)
        {
            return false;
        }

        List<Metric> first = [new Metric(name, value)];
        parts.Add(_packets.Count);
        _contents.Add((first, new HashSet<string>(StringComparer.Ordinal) { name }));
        _packets.Add(new SourcePacket(time, first));
        return true;
    }

    /// <summary>The fault of a publish that would make too many.</summary>
    public static PacketFault TooMany() => new(
        FaultCodes.PackTooManyPackets, $"The publish holds more than {MaxPackets} packets; send fewer times in one.");
}
