using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.EdgeGateway.Journal.Salvage;

/// <summary>A journal that is fit for use.</summary>
/// <param name="Writer">For the one that writes.</param>
/// <param name="Reader">For those who read meanwhile.</param>
/// <param name="Kept">Offsets of its entries.</param>
/// <param name="Gone">Offsets whose entries were deleted, or lost and named.</param>
/// <param name="Next">The offset of the next entry.</param>
/// <param name="Committed">What regions have. What is gone counts as theirs: it is owed no more.</param>
/// <param name="Salvage">What was done to make it so, if anything.</param>
internal sealed record OpenedJournal(
    JournalDatabase Writer, JournalDatabase Reader, OffsetRangeSet Kept, OffsetRangeSet Gone, long Next, Dictionary<string, OffsetRangeSet> Committed, SalvageReport? Salvage);
