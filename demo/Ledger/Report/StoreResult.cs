namespace OutbackUptime.Ledger.Report;

/// <summary>One store over all hubs.</summary>
/// <param name="Rows">Rows of the exact view.</param>
/// <param name="Missing">See <see cref="StoreCounts"/>; as the rest.</param>
/// <param name="Duplicates">Rows too many.</param>
/// <param name="Altered">Rows with other content.</param>
/// <param name="Phantom">Rows that nobody published.</param>
/// <param name="Quarantined">Rows in quarantine.</param>
/// <param name="PhysicalDuplicates">Rows beneath the exact view that it collapses: harmless, for information.</param>
/// <param name="GuestRows">Rows of hubs that are used by hand, and of gateways themselves.</param>
public sealed record StoreResult(
    long Rows, long Missing, long Duplicates, long Altered, long Phantom, long Quarantined, long PhysicalDuplicates, long GuestRows);
