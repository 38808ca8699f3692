using OutbackUptime.Domain.Ranges;
using OutbackUptime.Domain.Uplink;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>What the uplink needs of the journal. Implemented on SQLite; in memory for tests. Thread-safe.</summary>
public interface IUplinkJournal
{
    /// <summary>Identity of this journal: a swapped card has another one.</summary>
    Guid Epoch { get; }

    /// <summary>The offset that the next entry will get. Everything below it is durable or trimmed.</summary>
    long NextOffset { get; }

    /// <summary>The oldest offset still kept, or <see cref="NextOffset"/> when none is.</summary>
    long FirstOffset { get; }

    /// <summary>Per region a copy of the offsets known to be committed there; offsets below the first kept one count as committed.</summary>
    IReadOnlyDictionary<string, OffsetRangeSet> Committed { get; }

    /// <summary>Completes when <see cref="NextOffset"/> has passed <paramref name="offset"/>.</summary>
    ValueTask WaitForAppendAsync(long offset, CancellationToken cancellationToken);

    /// <summary>
    /// Reads the entries of <paramref name="ranges"/> in order, stopping after <paramref name="maxEntries"/> or
    /// <paramref name="maxBytes"/> of payload (at least one entry is returned if there is any). Trimmed offsets are passed over.
    /// </summary>
    IReadOnlyList<JournalEntry> Read(IReadOnlyList<OffsetRange> ranges, int maxEntries, int maxBytes);

    /// <summary>The newest packet's offset of each hub that was heard of lately; of hubs silent for long it need not know.</summary>
    IReadOnlyList<long> NewestPackets();

    /// <summary>
    /// Whose the entries of a range are, from its beginning as far as that is cheaply told: the first runs of neighbours of the same
    /// hub. Empty when the journal holds nothing of it.
    /// </summary>
    IReadOnlyList<HubRun> ReadRuns(OffsetRange range);

    /// <summary>
    /// Notes that a region has committed the offsets. Durable with the next group commit (losing it is harmless: the region
    /// dedupes). Entries committed in every region are trimmed.
    /// </summary>
    void MarkCommitted(string region, IReadOnlyList<OffsetRange> ranges);
}
