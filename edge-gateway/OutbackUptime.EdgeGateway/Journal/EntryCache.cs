namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>The newest entries, without gaps, in memory: live frames need not read the card. Not thread-safe.</summary>
internal sealed class EntryCache(int capacity)
{
    /// <summary>Payload kept at most: as many entries of the largest size as the options allow would not fit a small computer.</summary>
    private const long MaxBytes = 16 << 20;

    private readonly Queue<JournalEntry> _order = new();
    private readonly Dictionary<long, JournalEntry> _entries = [];
    private long _bytes;

    /// <summary>From this offset on every entry that was appended is here.</summary>
    public long First { get; private set; } = long.MaxValue;

    public void Add(JournalEntry entry)
    {
        _order.Enqueue(entry);
        _entries[entry.Offset] = entry;
        _bytes += entry.Payload.Length;
        while (_order.Count > capacity || _bytes > MaxBytes)
        {
            var oldest = _order.Dequeue();
            _entries.Remove(oldest.Offset);
            _bytes -= oldest.Payload.Length;
        }

        First = _order.TryPeek(out var first) ? first.Offset : long.MaxValue;
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _order.Clear();
        _entries.Clear();
        (_bytes, First) = (0, long.MaxValue);
    }

    /// <summary>Those that are in a set.</summary>
    public IReadOnlyList<JournalEntry> Entries(Domain.Ranges.OffsetRangeSet set) => [.. _order.Where(e => set.Contains(e.Offset))];

    public JournalEntry? Find(long offset) => _entries.GetValueOrDefault(offset);
}
