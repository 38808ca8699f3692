using OutbackUptime.Ledger.Books;

namespace OutbackUptime.Ledger.Stores;

/// <summary>What was read of one store, beside what stands in the books.</summary>
internal sealed record StoreReading(string Region, PacketRows Packets, long Quarantined, long PhysicalDuplicates, IReadOnlyList<NamedLoss> Losses);
