using System.Text;
using OutbackUptime.Domain.Ranges;
using OutbackUptime.EdgeGateway.Journal;

namespace OutbackUptime.EdgeGateway.Tests.Uplink;

/// <summary>A journal in memory, which trims what both regions have.</summary>
internal sealed class TrimmingJournal : IUplinkJournal
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, OffsetRangeSet> _committed = new() { ["syd"] = new(), ["mel"] = new() };
    private readonly SortedDictionary<long, JournalEntry> _kept = [];
    private TaskCompletionSource _appended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _next = 1;

    public Guid Epoch { get; } = Guid.NewGuid();

    public long NextOffset
    {
        get
        {
            lock (_lock)
            {
                return _next;
            }
        }
    }

    public long FirstOffset
    {
        get
        {
            lock (_lock)
            {
                return _kept.Count == 0 ? _next : _kept.Keys.First();
            }
        }
    }

    public int Depth
    {
        get
        {
            lock (_lock)
            {
                return _kept.Count;
            }
        }
    }

    public IReadOnlyDictionary<string, OffsetRangeSet> Committed
    {
        get
        {
            lock (_lock)
            {
                return _committed.ToDictionary(c => c.Key, c => c.Value.Clone());
            }
        }
    }

    public long CommittedIn(string region)
    {
        lock (_lock)
        {
            return _committed[region].Count;
        }
    }

    public void Append(int count, int payloadBytes = 100)
    {
        TaskCompletionSource signal;
        lock (_lock)
        {
            for (var i = 0; i < count; i++)
            {
                var payload = Encoding.ASCII.GetBytes($"{_next}".PadRight(payloadBytes));
                _kept[_next] = new JournalEntry(
                    _next, JournalEntryKind.Packet, "bore-01", 1, false, _next, TimeProvider.System.GetUtcNow(), TimeProvider.System.GetTimestamp(), payload, "", "", "");
                _next++;
            }

            (signal, _appended) = (_appended, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        signal.SetResult();
    }

    public async ValueTask WaitForAppendAsync(long offset, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task signal;
            lock (_lock)
            {
                if (_next > offset)
                {
                    return;
                }

                signal = _appended.Task;
            }

            await signal.WaitAsync(cancellationToken);
        }
    }

    public IReadOnlyList<JournalEntry> Read(IReadOnlyList<OffsetRange> ranges, int maxEntries, int maxBytes)
    {
        lock (_lock)
        {
            var (result, bytes) = (new List<JournalEntry>(), 0);
            foreach (var range in ranges)
            {
                for (var offset = range.First; offset <= range.Last; offset++)
                {
                    if (_kept.TryGetValue(offset, out var entry))
                    {
                        bytes += entry.Payload.Length;
                        if (result.Count == maxEntries || (result.Count > 0 && bytes > maxBytes))
                        {
                            return result;
                        }

                        result.Add(entry);
                    }
                }
            }

            return result;
        }
    }

    public void MarkCommitted(string region, IReadOnlyList<OffsetRange> ranges)
    {
        lock (_lock)
        {
            foreach (var range in ranges)
            {
                _committed[region].Add(range);
                for (var offset = range.First; offset <= range.Last; offset++)
                {
                    if (_committed.Values.All(c => c.Contains(offset)))
                    {
                        _kept.Remove(offset);
                    }
                }
            }
        }
    }
}
