using OutbackUptime.Domain.Ranges;
using OutbackUptime.EdgeGateway.Journal;

namespace OutbackUptime.EdgeGateway.Uplink;

/// <summary>Remembers when entries on their way were appended, for the latency histograms. Bounded: beyond it entries go unmeasured.</summary>
internal sealed class SendTimes(int regions, TimeProvider time)
{
    private const int MaxEntries = 100_000;
    private readonly Dictionary<long, (long Appended, int Committed)> _entries = [];

    public LatencyHistogram ToCommitted { get; } = new();

    public LatencyHistogram ToSafe { get; } = new();

    /// <summary>Entries are on their way to regions that had <paramref name="committed"/> before.</summary>
    public void OnSent(IReadOnlyList<JournalEntry> entries, IReadOnlyList<OffsetRangeSet> committed)
    {
        foreach (var entry in entries)
        {
            if (entry.AppendedTimestamp != 0 && _entries.Count < MaxEntries && !_entries.ContainsKey(entry.Offset))
            {
                // Not none: backfill of an entry for which there was no room when it was new.
                _entries[entry.Offset] = (entry.AppendedTimestamp, committed.Count(c => c.Contains(entry.Offset)));
            }
        }
    }

    public void OnCommitted(IReadOnlyList<OffsetRange> ranges)
    {
        var now = time.GetTimestamp();
        foreach (var range in ranges)
        {
            for (var offset = range.First; offset <= range.Last; offset++)
            {
                if (_entries.TryGetValue(offset, out var entry))
                {
                    Count(offset, entry.Appended, entry.Committed + 1, time.GetElapsedTime(entry.Appended, now));
                }
            }
        }
    }

    private void Count(long offset, long appended, int committed, TimeSpan latency)
    {
        if (committed == 1)
        {
            ToCommitted.Record(latency);
        }

        if (committed < regions)
        {
            _entries[offset] = (appended, committed);
            return;
        }

        ToSafe.Record(latency);
        _entries.Remove(offset);
    }
}
