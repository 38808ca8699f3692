using Microsoft.Data.Sqlite;
using OutbackUptime.Domain.Ranges;
using OutbackUptime.Domain.Uplink;
using OutbackUptime.EdgeGateway.Journal.Salvage;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>What the uplink and the status read.</summary>
internal sealed partial class SqliteJournal
{
    // How far backlog is told by hub: a few hundred kilobytes of memory, and some ten milliseconds of reading.
    private const int MaxRuns = 4096;
    private const int MaxRunEntries = 32_768;

    /// <summary>Bytes in use; as last seen while the file is being read or salvaged.</summary>
    public long UsedBytes
    {
        get
        {
            Glance(reader => Interlocked.Exchange(ref _usedBytes, reader.UsedBytes));
            return Interlocked.Read(ref _usedBytes);
        }
    }

    /// <summary>Whom safe receipts can't speak of, from this process and earlier ones. An empty hub: of nobody.</summary>
    public IReadOnlyList<SilencedHub> Silenced => Ask(reader => reader.LoadSilenced(), [new SilencedHub("", 0, 0)]);

    /// <inheritdoc/>
    public IReadOnlyList<JournalEntry> Read(IReadOnlyList<OffsetRange> ranges, int maxEntries, int maxBytes)
    {
        var result = new List<JournalEntry>();
        var bytes = 0L;
        foreach (var entry in ranges.SelectMany(r => ReadRange(r, maxEntries)))
        {
            bytes += entry.Payload.Length;
            if (result.Count == maxEntries || (result.Count > 0 && bytes > maxBytes))
            {
                break;
            }

            result.Add(entry);
        }

        return result;
    }

    /// <inheritdoc/>
    public IReadOnlyList<long> NewestPackets() => _newest.All();

    /// <inheritdoc/>
    public IReadOnlyList<HubRun> ReadRuns(OffsetRange range) => Ask(reader => reader.ReadRuns(range, MaxRuns, MaxRunEntries), []);

    private IReadOnlyList<JournalEntry> ReadRange(OffsetRange range, int maxEntries)
    {
        lock (_lock)
        {
            if (range.First >= _cache.First)
            {
                var cached = new List<JournalEntry>();
                for (var offset = range.First; offset <= range.Last && cached.Count < maxEntries; offset++)
                {
                    if (_kept.Contains(offset) && _cache.Find(offset) is { } entry)
                    {
                        cached.Add(entry);
                    }
                }

                return cached;
            }
        }

        return ReadFile(range, maxEntries);
    }

    private IReadOnlyList<(string Hub, long Offset)> LoadNewest(long first) => Ask(reader => reader.LoadNewest(first), []);

    /// <summary>Looks into the file unless others do, or it can't be read: who asks for the status wants to see that, not to wait for it.</summary>
    private void Glance(Action<JournalDatabase> look)
    {
        if (_readLock.TryEnter())
        {
            try
            {
                if (!_isClosed)
                {
                    look(_reader);
                }
            }
            catch (SqliteException)
            {
                // As last seen.
            }
            finally
            {
                _readLock.Exit();
            }
        }
    }

    /// <summary>Asks the file for what nothing hangs on; <paramref name="otherwise"/> while it can't be read. Damage is answered where entries are read.</summary>
    private T Ask<T>(Func<JournalDatabase, T> question, T otherwise)
    {
        lock (_readLock)
        {
            try
            {
                return _isClosed ? otherwise : question(_reader);
            }
            catch (SqliteException)
            {
                return otherwise;
            }
        }
    }

    // An entry of this process that has left the cache: its receipt time tells when it was appended, near enough.
    private long AppendedTimestamp(long offset, DateTimeOffset receivedAt) =>
        offset < _opened.Offset ? 0 : _opened.Timestamp + (long)((receivedAt - _opened.At).TotalSeconds * _time.TimestampFrequency);

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

        Report(damaged);
        return entries;
    }

    private OffsetRangeSet KeptWithin(OffsetRange range)
    {
        lock (_lock)
        {
            return _kept.Intersect(new OffsetRangeSet([range]));
        }
    }
}
