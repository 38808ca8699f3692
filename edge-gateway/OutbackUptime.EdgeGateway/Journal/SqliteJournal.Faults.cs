using Microsoft.Data.Sqlite;
using OutbackUptime.Domain.Losses;
using OutbackUptime.Domain.Ranges;
using OutbackUptime.Domain.Stations;
using OutbackUptime.EdgeGateway.Journal.Salvage;
using OutbackUptime.EdgeGateway.Journal.Storage;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>What the journal does about a disk that is full, takes no writes, or gives back other bytes than it got.</summary>
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

    /// <summary>What stands between the journal and its disk.</summary>
    public StorageStatus Storage => _health.Status;

    /// <summary>How often a damaged file was salvaged since the start.</summary>
    public long Salvages => Interlocked.Read(ref _salvages);

    /// <summary>Entries that were named as lost to damage since the start.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Commits; a damaged file is salvaged first, and the same packets are committed to the new one.</summary>
    private void CommitOrRepair(List<PendingAppend> batch, bool isTrial)
    {
        if (_isClosed)
        {
            Repair("the last attempt to salvage it failed");
        }

        try
        {
            CommitOnce(batch, isTrial);
        }
        catch (Exception e) when (JournalOpener.DamageOf(e) is { } damage)
        {
            Repair(damage);
            CommitOnce(batch, isTrial);
        }
    }

    private void OnFailed(List<PendingAppend> batch, Exception e)
    {
        // What was decided in memory is not what the file says any more.
        _hubs.Clear();
        lock (_lock)
        {
            _marked = true;
        }

        var trouble = e is SqliteException sql ? SqliteFaults.Of(sql) : StorageTrouble.Damaged;
        _instruments.OnFailed();
        if (trouble == StorageTrouble.None)
        {
            LogFailed(batch.Count, e.Message);
            var error = new JournalException($"The journal could not be written: {e.Message}", e);
            batch.ForEach(p => p.Fail(error));
            return;
        }

        if (_health.OnFailed(trouble, e.Message))
        {
            LogTrouble(trouble, e.Message);
        }

        if (trouble == StorageTrouble.Full)
        {
            _ballast.LetGo();
            _writer.TryCheckpoint();
        }

        Refuse(batch, _health.Status);
    }

    /// <summary>Nothing is acknowledged: hubs keep their packets.</summary>
    private static void Refuse(List<PendingAppend> batch, StorageStatus status)
    {
        foreach (var pending in batch)
        {
            if (status.Trouble == StorageTrouble.Full)
            {
                pending.Result = new AppendResult(AppendStatus.QuotaExceeded);
                pending.Complete();
            }
            else
            {
                pending.Fail(new JournalException($"The journal's disk is in trouble ({status.Trouble}): {status.Detail}"));
            }
        }
    }

    private void OnGood(bool mayAppend)
    {
        if (mayAppend && _health.OnGood() is { } over)
        {
            LogRecovered(over.Trouble, _time.GetUtcNow() - over.Since!.Value);
            _ballast.Take();
        }
        else if (!mayAppend)
        {
            // Trimmed, and still full.
            _health.OnFailed(StorageTrouble.Full, _health.Status.Detail);
        }
    }

    /// <summary>Whether packets may be appended again after the disk was full: not into the space that was let go for trimming.</summary>
    private bool HasRoom()
    {
        try
        {
            return _writer.FreeBytes >= _ballast.Bytes / 4 || new DriveInfo(_files.Directory).AvailableFreeSpace >= 4 * _ballast.Bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

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
            lock (_lock)
            {
                (_writer, _reader, _kept, _isClosed, _memory) = (opened.Writer, opened.Reader, opened.Kept, false, null);
                _hubs.Clear();
                _damaged.Clear();
                Interlocked.Exchange(ref _next, opened.Next);
                foreach (var (region, committed) in _committed)
                {
                    foreach (var range in opened.Committed[region].Ranges)
                    {
                        committed.Add(range);
                    }
                }
            }

            OnSalvaged(opened.Salvage);
        }
    }

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
        foreach (var loss in DamageNaming.Name(ranges, known, committed, "The entry's checksum did not hold when it was read."))
        {
            Insert(LossEntry.Of(loss, now), entries, transaction);
        }

        _hubs.Clear();
        return [.. ranges];
    }

    private void OnReplaced(List<OffsetRange> replaced)
    {
        if (replaced.Count == 0)
        {
            return;
        }

        lock (_lock)
        {
            replaced.ForEach(range =>
            {
                for (var offset = range.First; offset <= range.Last; offset++)
                {
                    _damaged.Remove(offset);
                }
            });
        }

        var count = replaced.Sum(r => r.Count);
        Interlocked.Add(ref _lost, count);
        _instruments.OnDamaged(count);
        LogDamaged(count, replaced[0].First, replaced[^1].Last);
    }

    /// <summary>
    /// Reads entries that have left the cache. A damaged entry is passed over and replaced by a loss entry in the next commit; a
    /// damaged file is salvaged at once, since an entry that is not returned counts as gone.
    /// </summary>
    private IReadOnlyList<JournalEntry> ReadFile(OffsetRange range, int maxEntries)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return TryReadFile(range, maxEntries);
            }
            catch (Exception e) when (attempt == 0 && JournalOpener.DamageOf(e) is { } damage)
            {
                lock (_writeLock)
                {
                    RepairForRead(damage);
                }
            }
            catch (Exception e) when (e is SqliteException or JournalDamagedException)
            {
                throw new JournalException($"The journal could not be read: {e.Message}", e);
            }
        }
    }

    private void RepairForRead(string damage)
    {
        if (_health.RetryIn > TimeSpan.Zero)
        {
            throw new JournalException($"The journal can't be read, and its disk is in trouble ({_health.Status.Trouble}): {_health.Status.Detail}");
        }

        try
        {
            Repair(damage);
        }
        catch (Exception e) when (e is SqliteException or JournalDamagedException or JournalException)
        {
            OnFailed([], e);
            throw new JournalException($"The journal could not be read: {e.Message}", e);
        }
    }

    private IReadOnlyList<JournalEntry> TryReadFile(OffsetRange range, int maxEntries)
    {
        IReadOnlyList<JournalEntry> entries;
        List<DamagedEntry> damaged = [];
        var expected = KeptWithin(range);
        lock (_readLock)
        {
            if (_isClosed)
            {
                throw new JournalDamagedException("the last attempt to salvage it failed");
            }

            entries = _reader.Read(range, maxEntries, AppendedTimestamp, damaged);
        }

        // Less than there should be: trimmed meanwhile, or the file's index does not lead there any more.
        var read = entries.Count + damaged.Count;
        if (read < Math.Min(maxEntries, expected.Count))
        {
            var found = new OffsetRangeSet(entries.Select(e => e.Offset).Concat(damaged.Select(d => d.Offset)).Select(o => new OffsetRange(o, o)));
            var missing = expected.Intersect(KeptWithin(range));
            if (missing.Ranges.SelectMany(found.MissingWithin).Any())
            {
                throw new JournalDamagedException("entries are not where they should be");
            }
        }

        if (damaged.Count > 0)
        {
            lock (_lock)
            {
                damaged.ForEach(d => _damaged[d.Offset] = d);
            }

            Wake();
        }

        return entries;
    }

    private OffsetRangeSet KeptWithin(OffsetRange range)
    {
        lock (_lock)
        {
            return _kept.Intersect(new OffsetRangeSet([range]));
        }
    }

    /// <summary>Leaves word outside of the database of how far it has got.</summary>
    private void Witness()
    {
        HighWaterMark.Claim claim;
        lock (_lock)
        {
            claim = new HighWaterMark.Claim(_writer.Epoch, _next, _kept.Count == 0 ? _next : _kept.Ranges[0].First, _kept.Count);
        }

        _highWater.Write(claim);
    }
}
