using OutbackUptime.Domain.Packets;
using OutbackUptime.Domain.Ranges;
using OutbackUptime.Domain.Uplink;
using OutbackUptime.EdgeGateway.Journal;

namespace OutbackUptime.Bench.Storm;

/// <summary>
/// A gateway's journal with a backlog that is made as it is read, and live packets on top. It says when each live packet was committed
/// in a first store and in both. Nothing is on a disk: what a storm does to the regions is measured, not to gateways.
/// </summary>
internal sealed class StormJournal : IUplinkJournal
{
    private const int MostRuns = 1000;
    private readonly Lock _lock = new();
    private readonly StormPackets _packets;
    private readonly int _hubs;
    private readonly long _backlog;
    private readonly DateTimeOffset _oldest;
    private readonly TimeSpan _gap;
    private readonly LiveLatencies _latencies;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, OffsetRangeSet> _committed;
    private readonly List<LivePacket> _live = [];
    private TaskCompletionSource _appended = NewSignal();
    private long _first = 1;

    public StormJournal(StormPackets packets, int hubs, long backlog, DateTimeOffset start, TimeSpan hubInterval, IEnumerable<string> regions, LiveLatencies latencies, TimeProvider time)
    {
        (_packets, _hubs, _backlog, _latencies, _time) = (packets, hubs, backlog, latencies, time);
        _gap = hubInterval / hubs;
        _oldest = start - (_gap * backlog);
        _committed = regions.ToDictionary(r => r, _ => new OffsetRangeSet(), StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public Guid Epoch { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public long NextOffset
    {
        get
        {
            lock (_lock)
            {
                return _backlog + _live.Count + 1;
            }
        }
    }

    /// <inheritdoc/>
    public long FirstOffset
    {
        get
        {
            lock (_lock)
            {
                return _first;
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, OffsetRangeSet> Committed
    {
        get
        {
            lock (_lock)
            {
                return _committed.ToDictionary(c => c.Key, c => c.Value.Clone(), StringComparer.Ordinal);
            }
        }
    }

    /// <summary>Entries of the backlog that are in both stores.</summary>
    public long BacklogSafe { get; private set; }

    /// <summary>Timestamp at which the last of the backlog was in both stores.</summary>
    public long? BacklogSafeAt { get; private set; }

    /// <summary>Timestamp of the first commit.</summary>
    public long? FirstCommitAt { get; private set; }

    /// <summary>Whether all there is is in both stores.</summary>
    public bool IsWhole => FirstOffset == NextOffset;

    /// <summary>A live packet, due at a moment of the clock and the timestamp that belongs to it.</summary>
    public void AppendLive(DateTimeOffset due, long dueTimestamp)
    {
        lock (_lock)
        {
            _live.Add(new LivePacket(due, dueTimestamp));
            var appended = _appended;
            _appended = NewSignal();
            appended.SetResult();
        }
    }

    /// <inheritdoc/>
    public async ValueTask WaitForAppendAsync(long offset, CancellationToken cancellationToken)
    {
        Task appended;
        lock (_lock)
        {
            if (_backlog + _live.Count + 1 > offset)
            {
                return;
            }

            appended = _appended.Task;
        }

        await appended.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public IReadOnlyList<JournalEntry> Read(IReadOnlyList<OffsetRange> ranges, int maxEntries, int maxBytes)
    {
        var (entries, bytes) = (new List<JournalEntry>(), 0L);
        foreach (var offset in ranges.SelectMany(r => Offsets(r.First, r.Last)))
        {
            var entry = Entry(offset);
            bytes += entry.Payload.Length;
            if (entries.Count == maxEntries || (bytes > maxBytes && entries.Count > 0))
            {
                break;
            }

            entries.Add(entry);
        }

        return entries;
    }

    /// <inheritdoc/>
    public IReadOnlyList<long> NewestPackets()
    {
        var next = NextOffset;
        return [.. Offsets(Math.Max(1, next - _hubs), next - 1)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<HubRun> ReadRuns(OffsetRange range) => _hubs == 1
        ? [new HubRun(_packets.Hub(range.First), range)]
        : [.. Offsets(range.First, Math.Min(range.Last, range.First + MostRuns - 1)).Select(o => new HubRun(_packets.Hub(o), new OffsetRange(o, o)))];

    /// <inheritdoc/>
    public void MarkCommitted(string region, IReadOnlyList<OffsetRange> ranges)
    {
        var now = _time.GetTimestamp();
        lock (_lock)
        {
            FirstCommitAt ??= now;
            var others = _committed.Where(c => c.Key != region).Select(c => c.Value).ToArray();
            foreach (var range in ranges)
            {
                foreach (var offset in _committed[region].MissingWithin(range).SelectMany(r => Offsets(r.First, r.Last)).ToArray())
                {
                    OnCommitted(offset, others.Count(o => o.Contains(offset)), others.Length, now);
                }

                _committed[region].Add(range);
            }

            _first = _committed.Values.Min(c => c.NextMissing(_first));
            BacklogSafeAt ??= BacklogSafe == _backlog ? now : null;
        }
    }

    /// <summary>What a store must hold: how many packets, and the XOR of their hashes.</summary>
    public (long Count, ulong Xor) Expected()
    {
        var (count, xor) = (NextOffset - 1, 0UL);
        for (var offset = 1L; offset <= count; offset++)
        {
            xor ^= PacketParser.Hash(_packets.Payload(offset, ReceivedAt(offset)));
        }

        return (count, xor);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static IEnumerable<long> Offsets(long first, long last)
    {
        for (var offset = first; offset <= last; offset++)
        {
            yield return offset;
        }
    }

    private void OnCommitted(long offset, int heldBy, int others, long now)
    {
        if (offset <= _backlog)
        {
            BacklogSafe += heldBy == others ? 1 : 0;
            return;
        }

        var waited = _time.GetElapsedTime(_live[(int)(offset - _backlog - 1)].DueTimestamp, now);
        if (heldBy == 0)
        {
            _latencies.OnCommitted(waited);
        }

        if (heldBy == others)
        {
            _latencies.OnSafe(waited);
        }
    }

    private DateTimeOffset ReceivedAt(long offset)
    {
        if (offset <= _backlog)
        {
            return Whole(_oldest + (_gap * (offset - 1)));
        }

        lock (_lock)
        {
            return Whole(_live[(int)(offset - _backlog - 1)].Due);
        }
    }

    // The wire has microseconds; the payload says milliseconds.
    private static DateTimeOffset Whole(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);

    private JournalEntry Entry(long offset)
    {
        var at = ReceivedAt(offset);
        return new JournalEntry(offset, JournalEntryKind.Packet, _packets.Hub(offset), _packets.Boot, false, _packets.Seq(offset), at, 0, _packets.Payload(offset, at), "", "", "");
    }

    private readonly record struct LivePacket(DateTimeOffset Due, long DueTimestamp);
}
