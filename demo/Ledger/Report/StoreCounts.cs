namespace OutbackUptime.Ledger.Report;

/// <summary>What a store shows of a hub, a station, or all.</summary>
/// <param name="Rows">Rows of the exact view.</param>
/// <param name="Missing">Acknowledged packets, and acknowledged bad ones, that it doesn't show.</param>
/// <param name="Duplicates">Rows too many: packets shown more than once.</param>
/// <param name="Altered">Rows whose key was published with other content.</param>
/// <param name="Phantom">Rows that nobody published.</param>
public sealed record StoreCounts(long Rows, long Missing, long Duplicates, long Altered, long Phantom)
{
    public static StoreCounts None { get; } = new(0, 0, 0, 0, 0);

    public static StoreCounts operator +(StoreCounts a, StoreCounts b) =>
        new(a.Rows + b.Rows, a.Missing + b.Missing, a.Duplicates + b.Duplicates, a.Altered + b.Altered, a.Phantom + b.Phantom);

    public static StoreCounts Add(StoreCounts left, StoreCounts right) => left + right;
}
