using Microsoft.Data.Sqlite;
using OutbackUptime.Domain.Ranges;
using OutbackUptime.EdgeGateway.Journal.Salvage;
using OutbackUptime.EdgeGateway.Journal.Storage;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>Reads what has left the cache, and believes no entry that does not prove itself.</summary>
internal sealed partial class SqliteJournal
{
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
}
