using OutbackUptime.Domain.Ranges;
using OutbackUptime.EdgeGateway.Journal;

namespace OutbackUptime.EdgeGateway.Uplink;

/// <summary>Remembers when entries on their way were appended, for the latency histograms. Bounded: beyond it entries go unmeasured.</summary>
internal sealed class SendTimes(int regions, TimeProvider time, UplinkInstruments? instruments = null)
{
    private const int MaxEntries = 100_000;
    private readonly Dictionary<long, (long Received, long Appended, int Committed)> _entries = [];

    public LatencyHistogram ToCommitted { get; } = new();

    public LatencyHistogram ToSafe { get; } = new();

    /// <summary>The same from the gateway's receipt, as the metric `ingest_latency` has it.</summary>
    public LatencyHistogram ReceivedToCommitted { get; } = new();

    /// <summary>The same from the gateway's receipt.</summary>
    public LatencyHistogram ReceivedToSafe { get; } = new();

    /// <summary>Entries are on their way to regions that had <paramref name="committed"/> before.</summary>
    public void OnSent(IReadOnlyList<JournalEntry> entries, IReadOnlyList<OffsetRangeSet> committed)
    {
        foreach (var entry in entries)
        {
            if (entry.AppendedTimestamp != 0 && _entries.Count < MaxEntries && !_entries.ContainsKey(entry.Offset))
            {
                // Not none: backfill of an entry for which there was no room when it was new.
                _entries[entry.Offset] = (entry.ReceivedTimestamp != 0 ? entry.ReceivedTimestamp : entry.AppendedTimestamp, entry.AppendedTimestamp, committed.Count(c => c.Contains(entry.Offset)));
            }
        }
    }

    /// <summary>A region has committed these.</summary>
    public void OnCommitted(IReadOnlyList<OffsetRange> ranges, string region = "")
    {
        var now = time.GetTimestamp();
        foreach (var range in ranges)
        {
            for (var offset = range.First; offset <= range.Last; offset++)
            {
                if (_entries.TryGetValue(offset, out var entry))
                {
                    Count(offset, region, entry with { Committed = entry.Committed + 1 }, now);
                }
            }
        }
    }

    private void Count(long offset, string region, (long Received, long Appended, int Committed) entry, long now)
    {
        var (sinceReceipt, sinceAppend) = (time.GetElapsedTime(entry.Received, now), time.GetElapsedTime(entry.Appended, now));
        if (entry.Committed == 1)
        {
            ToCommitted.Record(sinceAppend);
            ReceivedToCommitted.Record(sinceReceipt);
            instruments?.OnLatency("committed", region, sinceReceipt);
        }

        if (entry.Committed < regions)
        {
            _entries[offset] = entry;
            return;
        }

        ToSafe.Record(sinceAppend);
        ReceivedToSafe.Record(sinceReceipt);
        instruments?.OnLatency("safe", region, sinceReceipt);
        _entries.Remove(offset);
    }
}
