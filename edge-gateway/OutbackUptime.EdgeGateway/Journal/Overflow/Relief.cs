using OutbackUptime.Domain.Losses;
using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.EdgeGateway.Journal.Overflow;

/// <summary>One bounded step of the overflow policy: what goes, and what is written in its place, in one transaction.</summary>
/// <param name="Dropped">Entries to delete.</param>
/// <param name="Written">Entries (without offset) to write.</param>
/// <param name="Cause">Why.</param>
/// <param name="Packets">Packets that were given up.</param>
internal sealed record Relief(IReadOnlyList<OffsetRange> Dropped, IReadOnlyList<JournalEntry> Written, LossCause Cause, long Packets)
{
    /// <summary>The offsets that <see cref="Written"/> got.</summary>
    public IReadOnlyList<long> Offsets { get; set; } = [];
}
