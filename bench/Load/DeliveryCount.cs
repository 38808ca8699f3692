namespace OutbackUptime.Bench.Load;

/// <summary>What became of packets that hubs were told are stored.</summary>
/// <param name="Acknowledged">Packets with a PUBACK.</param>
/// <param name="Arrived">Of all packets, those that arrived at least once.</param>
/// <param name="Lost">With a PUBACK, and never arrived.</param>
/// <param name="Doubled">Packets that arrived more than once.</param>
/// <param name="Copies">Arrivals beyond the first of each.</param>
/// <param name="Unpromised">Arrived without a PUBACK: stored when the kill came, the answer lost. No fault.</param>
internal sealed record DeliveryCount(long Acknowledged, long Arrived, long Lost, long Doubled, long Copies, long Unpromised)
{
    /// <summary>Compares the two.</summary>
    public static DeliveryCount Of(IReadOnlyCollection<PacketKey> acknowledged, IEnumerable<PacketKey> arrivals)
    {
        var times = new Dictionary<PacketKey, long>();
        foreach (var arrival in arrivals)
        {
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(times, arrival, out _)++;
        }

        var promised = acknowledged as IReadOnlySet<PacketKey> ?? acknowledged.ToHashSet();
        return new DeliveryCount(
            promised.Count,
            times.Count,
            promised.LongCount(k => !times.ContainsKey(k)),
            times.Values.LongCount(n => n > 1),
            times.Values.Sum(n => n - 1),
            times.Keys.LongCount(k => !promised.Contains(k)));
    }

    /// <summary>Of two runs together.</summary>
    public static DeliveryCount operator +(DeliveryCount a, DeliveryCount b) => new(
        a.Acknowledged + b.Acknowledged, a.Arrived + b.Arrived, a.Lost + b.Lost, a.Doubled + b.Doubled, a.Copies + b.Copies, a.Unpromised + b.Unpromised);

    /// <summary>Of no run.</summary>
    public static DeliveryCount None { get; } = new(0, 0, 0, 0, 0, 0);
}
