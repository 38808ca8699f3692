using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.EdgeGateway.Journal.Overflow;

/// <summary>What the journal holds and what regions have of it, at one moment.</summary>
internal sealed record JournalContents(OffsetRangeSet Kept, IReadOnlyDictionary<string, OffsetRangeSet> Committed, long Next)
{
    /// <summary>Whether the entry is here and nowhere else.</summary>
    public bool IsOnlyCopy(long offset) => Kept.Contains(offset) && !Committed.Values.Any(c => c.Contains(offset));
}
