using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.EdgeGateway.Journal.Salvage;

/// <summary>What a running gateway knows of a journal whose file turns out to be damaged.</summary>
/// <param name="Epoch">Its identity.</param>
/// <param name="Next">The offset that the next entry would have got.</param>
/// <param name="Kept">The entries that should be there.</param>
/// <param name="Committed">What regions have.</param>
/// <param name="Cached">Entries that are in memory, too.</param>
internal sealed record Memory(Guid Epoch, long Next, OffsetRangeSet Kept, IReadOnlyDictionary<string, OffsetRangeSet> Committed, IReadOnlyList<JournalEntry> Cached);
