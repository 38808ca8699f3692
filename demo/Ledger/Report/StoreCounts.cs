namespace OutbackUptime.Ledger.Report;

/// <summary>What a store shows of a hub, a station, or all.</summary>
/// <param name="Rows">Rows of the exact view.</param>
/// <param name="Missing">Acknowledged packets, and acknowledged bad ones, that it doesn't show and nothing names.</param>
/// <param name="Duplicates">Rows too many: packets shown more than once.</param>
/// <param name="Altered">Rows whose key was published with other content.</param>
/// <param name="Phantom">Rows that nobody published.</param>
public sealed record StoreCounts(long Rows, long Missing, long Duplicates, long Altered, long Phantom)
{
    /// <summary>Acknowledged packets that it lacks and that are named: dropped at a gateway's quota while another region had them.</summary>
    public long Evicted { get; init; }

    /// <summary>The same: thinned at a gateway's quota.</summary>
    public long Thinned { get; init; }

    /// <summary>The same: lost with damaged bytes of a gateway's journal.</summary>
    public long Damaged { get; init; }

    public static StoreCounts None { get; } = new(0, 0, 0, 0, 0);

    public static StoreCounts operator +(StoreCounts a, StoreCounts b) =>
        new(a.Rows + b.Rows, a.Missing + b.Missing, a.Duplicates + b.Duplicates, a.Altered + b.Altered, a.Phantom + b.Phantom)
        {
            Evicted = a.Evicted + b.Evicted,
            Thinned = a.Thinned + b.Thinned,
            Damaged = a.Damaged + b.Damaged,
        };

    public static StoreCounts Add(StoreCounts left, StoreCounts right) => left + right;
}
