using System.Text;
using OutbackUptime.Domain.Ranges;
using OutbackUptime.Domain.Uplink;
using OutbackUptime.EdgeGateway.Journal;

namespace OutbackUptime.EdgeGateway.Tests.Uplink;

/// <summary>A journal in memory, which trims what both regions have. Payloads are the offset, also of the gateway's own packets.</summary>
internal sealed class TrimmingJournal : IUplinkJournal, IPacketJournal
{
    private static readonly byte[] s_blanks = " \t\r\n\v\f"u8.ToArray();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, OffsetRangeSet> _committed = new() { ["syd"] = new(), ["mel"] = new() };
    private readonly SortedDictionary<long, JournalEntry> _kept = [];
    private readonly Dictionary<string, long> _newest = [];
    private readonly Dictionary<string, int> _appendedOf = [];
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

    /// <summary>Entries of a hub.</summary>
    public int CountOf(string hub)
    {
        lock (_lock)
        {
            return _kept.Values.Count(e => e.Hub == hub);
        }
    }

    /// <summary>Entries of a hub that were ever appended.</summary>
    public int AppendedOf(string hub)
    {
        lock (_lock)
        {
            return _appendedOf.GetValueOrDefault(hub);
        }
    }

    public async Task<IReadOnlyList<AppendResult>> AppendAllAsync(IReadOnlyList<IncomingPacket> packets)
    {
        var results = new List<AppendResult>();
        foreach (var packet in packets)
        {
            results.Add(await AppendAsync(packet));
        }

        return results;
    }

    public Task<AppendResult> AppendAsync(IncomingPacket packet)
    {
        Append(1, hub: packet.Hub);
        return Task.FromResult(new AppendResult(AppendStatus.Accepted));
    }

    public void Append(int count, int payloadBytes = 100, string hub = "bore-01", Random? noise = null)
    {
        TaskCompletionSource signal;
        lock (_lock)
        {
            for (var i = 0; i < count; i++)
            {
                var payload = Encoding.ASCII.GetBytes($"{_next}".PadRight(payloadBytes));
                for (var b = 20; noise is not null && b < payloadBytes - 1; b++)
                {
                    // Spaces to the eye of who trims them, and nothing that packs well.
                    payload[b] = s_blanks[noise.Next(s_blanks.Length)];
                }

                _kept[_next] = new JournalEntry(
                    _next, JournalEntryKind.Packet, hub, 1, false, _next, TimeProvider.System.GetUtcNow(), TimeProvider.System.GetTimestamp(), payload, "", "", "");
                _newest[hub] = _next;
                _appendedOf[hub] = _appendedOf.GetValueOrDefault(hub) + 1;
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

    public IReadOnlyList<long> NewestPackets()
    {
        lock (_lock)
        {
            return [.. _newest.Values];
        }
    }

    public IReadOnlyList<HubRun> ReadRuns(OffsetRange range)
    {
        lock (_lock)
        {
            var runs = new List<HubRun>();
            foreach (var (offset, entry) in _kept.Where(e => e.Key >= range.First && e.Key <= range.Last).Take(10_000))
            {
                if (runs is [.., var last] && last.Hub == entry.Hub)
                {
                    runs[^1] = last with { Offsets = last.Offsets with { Last = offset } };
                }
                else
                {
                    runs.Add(new HubRun(entry.Hub, new OffsetRange(offset, offset)));
                }
            }

            return runs;
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
