namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>The newest entries, without gaps, in memory: live frames need not read the card. Not thread-safe.</summary>
internal sealed class EntryCache(int capacity)
{
    private readonly Queue<JournalEntry> _order = new();
    private readonly Dictionary<long, JournalEntry> _entries = [];

    /// <summary>From this offset on every entry that was appended is here.</summary>
    public long First { get; private set; } = long.MaxValue;

    public void Add(JournalEntry entry)
    {
        _order.Enqueue(entry);
        _entries[entry.Offset] = entry;
        while (_order.Count > capacity)
        {
            _entries.Remove(_order.Dequeue().Offset);
        }

        First = _order.TryPeek(out var oldest) ? oldest.Offset : long.MaxValue;
    }

    /// <summary>Those that are in a set.</summary>
    public IReadOnlyList<JournalEntry> Entries(Domain.Ranges.OffsetRangeSet set) => [.. _order.Where(e => set.Contains(e.Offset))];

    public JournalEntry? Find(long offset) => _entries.GetValueOrDefault(offset);
}
