using Microsoft.Data.Sqlite;
using OutbackUptime.Domain.Losses;
using OutbackUptime.Domain.Ranges;
using OutbackUptime.Domain.Stations;
using OutbackUptime.EdgeGateway.Journal.Overflow;
using OutbackUptime.EdgeGateway.Journal.Salvage;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>What the journal does about a file that gives back other bytes than it got.</summary>
internal sealed partial class SqliteJournal
{
    /// <summary>So often within <see cref="s_repairPeriod"/> a file is salvaged; then the disk itself is taken to be failing.</summary>
    private const int MaxRepairs = 5;

    private static readonly TimeSpan s_repairPeriod = TimeSpan.FromMinutes(10);
    private readonly Dictionary<long, DamagedEntry> _damaged = [];
    private readonly Queue<long> _repairs = new();
    private bool _isClosed;
    private Memory? _memory;
    private long _salvages;
    private long _lost;

    /// <summary>How often a damaged file was salvaged since the start.</summary>
    public long Salvages => Interlocked.Read(ref _salvages);

    /// <summary>Entries that were named as lost to damage since the start.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Puts a salvaged file in the place of the damaged one. The write lock is held.</summary>
    private void Repair(string damage)
    {
        while (_repairs.TryPeek(out var oldest) && _time.GetElapsedTime(oldest) > s_repairPeriod)
        {
            _repairs.Dequeue();
        }

        if (_repairs.Count >= MaxRepairs)
        {
            throw new JournalDamagedException($"{damage} ({MaxRepairs} salvages within {s_repairPeriod.TotalMinutes:0} min have not helped)");
        }

        lock (_readLock)
        {
            if (!_isClosed)
            {
                lock (_lock)
                {
                    _memory = new Memory(_writer.Epoch, _next, _kept.Clone(), _committed.ToDictionary(c => c.Key, c => c.Value.Clone(), StringComparer.Ordinal), _cache.Entries(_kept));
                }

                _writer.Abandon();
                _reader.Abandon();
                _isClosed = true;
            }

            _repairs.Enqueue(_time.GetTimestamp());
            var opened = _opener.Open(damage, _memory);
            OffsetRange[] vanished;
            TaskCompletionSource signal;
            lock (_lock)
            {
                vanished = [.. _kept.Ranges.SelectMany(opened.Kept.MissingWithin)];
                (_kept, _isClosed, _memory) = (opened.Kept, false, null);
                (_writer, _reader, _newest, _hubs, _clocks, _relief) = Adopt(opened);
                _saved.OnFailed();
                _damaged.Clear();
                // Loss entries of the salvage lie behind those in memory.
                _cache.Clear();
                Interlocked.Exchange(ref _next, opened.Next);
                (signal, _appended) = (_appended, NewSignal());
                foreach (var (region, committed) in _committed)
                {
                    foreach (var range in opened.Committed[region].Ranges)
                    {
                        committed.Add(range);
                    }
                }
            }

            Witness();
            OnSalvaged(opened.Salvage);
            if (vanished.Length > 0)
            {
                Observer?.OnEvicted(vanished);
            }

            signal.TrySetResult();
        }
    }

    /// <summary>What works on a file.</summary>
    private (JournalDatabase Writer, JournalDatabase Reader, NewestPackets Newest, HubRings Hubs, HubClocks Clocks, OverflowRelief Relief) Adopt(OpenedJournal opened) =>
        (opened.Writer, opened.Reader, new NewestPackets(LoadNewest, opened.Next), new HubRings(opened.Writer, _options.ArrivalsPerHub, _options.LeastArrivals, _options.HubsInMemory), new HubClocks(opened.Writer), new OverflowRelief(_options.Limits, opened.Writer));

    private void OnSalvaged(SalvageReport? report)
    {
        if (report is not null)
        {
            Interlocked.Increment(ref _salvages);
            Interlocked.Add(ref _lost, report.Lost);
            _instruments.OnSalvage(report.Lost);
            LogSalvaged(report.Reason, report.Entries, report.Lost, report.Losses, report.Elapsed);
        }
    }

    /// <summary>Writes loss entries in the place of damaged ones, within the transaction. Returns the offsets that are no more.</summary>
    private List<OffsetRange> ReplaceDamaged(List<JournalEntry> entries, SqliteTransaction transaction)
    {
        DamagedEntry[] damaged;
        Dictionary<string, OffsetRangeSet> committed;
        lock (_lock)
        {
            damaged = [.. _damaged.Values.Where(d => _kept.Contains(d.Offset))];
            if (damaged.Length == 0)
            {
                return [];
            }

            committed = _committed.ToDictionary(c => c.Key, c => c.Value.Clone(), StringComparer.Ordinal);
        }

        var ranges = new OffsetRangeSet(damaged.Select(d => new OffsetRange(d.Offset, d.Offset))).Ranges;
        var known = ranges.SelectMany(r => _writer.ForgetRecent(r, transaction)).Select(r => new KnownPacket(r.Offset, r.Hub, r.Packet.Boot, r.Packet.Seq)).ToList();
        foreach (var claims in damaged.Where(d => known.TrueForAll(k => k.Offset != d.Offset)).Select(d => d.Claims).OfType<JournalEntry>())
        {
            // A row says itself whose it is. It may be wrong in just that; if others of that boot are known, it is not.
            if (claims.Kind == JournalEntryKind.Packet && EntityName.IsValid(claims.Hub) && _writer.Knows(claims.Hub, claims.Boot, transaction))
            {
                known.Add(new KnownPacket(claims.Offset, claims.Hub, claims.Boot, claims.Seq));
            }
        }

        foreach (var range in ranges)
        {
            _writer.Delete(range, transaction);
        }

        var now = _time.GetUtcNow();
        var losses = DamageNaming.Name(ranges, known, committed, "The entry's checksum did not hold when it was read.");
        foreach (var loss in losses)
        {
            Insert(LossEntry.Of(loss, now), entries, transaction);
        }

        foreach (var (hub, boot) in losses.Select(l => (l.Hub, l.Boot)).Distinct())
        {
            _writer.Silence(hub, boot, transaction);
        }

        if (losses.Count > 0)
        {
            _writer.AddGivenUp(LossCause.Damaged, losses.Sum(l => l.Packets), transaction);
        }

        _hubs.Clear();
        return [.. ranges];
    }

    private void OnReplaced(IReadOnlyList<OffsetRange> replaced)
    {
        if (replaced.Count == 0)
        {
            return;
        }

        lock (_lock)
        {
            foreach (var range in replaced)
            {
                for (var offset = range.First; offset <= range.Last; offset++)
                {
                    _damaged.Remove(offset);
                }
            }
        }

        var count = replaced.Sum(r => r.Count);
        Interlocked.Add(ref _lost, count);
        _instruments.OnDamaged(count);
        LogDamaged(count, replaced[0].First, replaced[^1].Last);
    }

    /// <summary>Has the next commit replace damaged entries.</summary>
    private void Report(IReadOnlyList<DamagedEntry> damaged)
    {
        if (damaged.Count > 0)
        {
            lock (_lock)
            {
                foreach (var entry in damaged)
                {
                    _damaged[entry.Offset] = entry;
                }
            }

            Wake();
        }
    }
}
