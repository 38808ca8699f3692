using OutbackUptime.Domain.Ranges;
using OutbackUptime.Domain.Uplink;
using OutbackUptime.EdgeGateway.Journal;

namespace OutbackUptime.EdgeGateway.Tests.Uplink;

/// <summary>A journal without a disk.</summary>
internal sealed class MemoryJournal : IUplinkJournal
{
    private readonly Lock _lock = new();
    private readonly List<JournalEntry> _entries = [];
    private readonly Dictionary<string, OffsetRangeSet> _committed = new() { ["syd"] = new(), ["mel"] = new() };
    private TaskCompletionSource _appended = NewSignal();

    public Guid Epoch { get; } = Guid.NewGuid();

    public long NextOffset
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count + 1;
            }
        }
    }

    public long FirstOffset => 1;

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

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Append(int count)
    {
        lock (_lock)
        {
            for (var i = 0; i < count; i++)
            {
                var offset = _entries.Count + 1;
                _entries.Add(new JournalEntry(offset, JournalEntryKind.Packet, "bore-01", 1, false, offset, DateTimeOffset.UnixEpoch, 1, new byte[] { 1 }, "", "", ""));
            }

            var appended = _appended;
            _appended = NewSignal();
            appended.SetResult();
        }
    }

    public bool IsWhole(int count) => Committed.Values.All(c => c.Count == count);

    public async ValueTask WaitForAppendAsync(long offset, CancellationToken cancellationToken)
    {
        Task appended;
        lock (_lock)
        {
            if (_entries.Count + 1 > offset)
            {
                return;
            }

            appended = _appended.Task;
        }

        await appended.WaitAsync(cancellationToken);
    }

    public IReadOnlyList<JournalEntry> Read(IReadOnlyList<OffsetRange> ranges, int maxEntries, int maxBytes)
    {
        lock (_lock)
        {
            return [.. _entries.Where(e => ranges.Any(r => r.First <= e.Offset && e.Offset <= r.Last)).Take(maxEntries)];
        }
    }

    public IReadOnlyList<long> NewestPackets() => [NextOffset - 1];

    public IReadOnlyList<HubRun> ReadRuns(OffsetRange range) => [new HubRun("bore-01", range)];

    public void MarkCommitted(string region, IReadOnlyList<OffsetRange> ranges)
    {
        lock (_lock)
        {
            foreach (var range in ranges)
            {
                _committed[region].Add(range);
            }
        }
    }
}
