using OutbackUptime.Grains.Stores;

namespace OutbackUptime.Silo.Ledger;

/// <summary>What a gateway was told: these packets of a station are committed in these regions.</summary>
internal sealed record GivenReceipt(string Station, IReadOnlyList<ReadingRow> Packets, IReadOnlyList<string> Regions);
