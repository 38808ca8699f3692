using Microsoft.Data.Sqlite;
using OutbackUptime.Domain.Losses;
using OutbackUptime.Domain.Overflow;
using OutbackUptime.Domain.Ranges;
using OutbackUptime.EdgeGateway.Journal.Overflow;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>The overflow policy's part of a commit.</summary>
internal sealed partial class SqliteJournal
{
    private readonly DarkBudget _budget;
    private volatile IReadOnlyDictionary<LossCause, long> _givenUp = new Dictionary<LossCause, long>();
    private readonly Lock _budgetLock = new();

    /// <summary>Days without any region until the overflow policy gives up entries, at the last day's rate; null while that is not known.</summary>
    public double? DarkDaysLeft
    {
        get
        {
            var (used, depth) = (UsedBytes, Depth);
            lock (_budgetLock)
            {
                return _budget.DaysLeft(_time.GetUtcNow(), _options.Limits.HighBytes - used, used, depth);
            }
        }
    }

    /// <summary>Whether entries are being given up now.</summary>
    public bool IsRelieving => _relief.IsUnderWay;

    /// <summary>Packets given up since the journal was made, by cause; as last seen while the file is being read or salvaged.</summary>
    public IReadOnlyDictionary<LossCause, long> GivenUp
    {
        get
        {
            Glance(reader => _givenUp = reader.LoadGivenUp());
            return _givenUp;
        }
    }

    private DarkBudget OpenBudget()
    {
        var budget = new DarkBudget(JournalSize.EntryOverhead);
        budget.Restore(_writer.LoadHours(), _time.GetUtcNow());
        return budget;
    }

    /// <summary>
    /// What is not in the file is owed to nobody: it was trimmed because every region has it, or lost or dropped and named in the
    /// same transaction. So only <see cref="Telling"/> ranges need to be written.
    /// </summary>
    private void Done(OffsetRange range)
    {
        foreach (var set in _committed.Values)
        {
            set.Add(range);
        }
    }

    /// <summary>The ranges that say something of an entry that is kept.</summary>
    private IReadOnlyList<OffsetRange> Telling(OffsetRangeSet committed) => [.. committed.Ranges.Where(r => _kept.NextPresent(r.First) <= r.Last)];

    /// <summary>Takes the policy's next step within the transaction.</summary>
    private Relief? Relieve(long used, IReadOnlyList<OffsetRange> trimmed, List<JournalEntry> entries, SqliteTransaction transaction)
    {
        var now = _time.GetUtcNow();
        Count(entries, now, transaction);
        var next = _relief.Next(used, trimmed, () => Contents(trimmed), now);
        Report(_relief.TakeDamaged());
        if (next is not { } relief)
        {
            return null;
        }

        var from = entries.Count;
        foreach (var entry in relief.Written)
        {
            Insert(entry, entries, transaction);
        }

        foreach (var (hub, boot) in relief.Written.Select(e => (e.Hub, e.Boot)).Distinct())
        {
            _writer.Silence(hub, boot, transaction);
        }

        relief.Offsets = [.. entries.Skip(from).Select(e => e.Offset)];
        _writer.Delete(relief.Dropped, transaction);
        if (relief.Packets > 0)
        {
            _writer.AddGivenUp(relief.Cause, relief.Packets, transaction);
            LogGivenUp(relief.Packets, LossCauses.NameOf(relief.Cause), used, _options.MaxBytes);
        }

        return relief;
    }

    private void Count(List<JournalEntry> entries, DateTimeOffset now, SqliteTransaction transaction)
    {
        if (entries.Count == 0)
        {
            return;
        }

        lock (_budgetLock)
        {
            if (_budget.OnAppended(now, entries.Count, entries.Sum(e => (long)e.Payload.Length)) is { } closed)
            {
                _writer.SaveHour(closed, transaction);
            }
        }
    }

    private JournalContents Contents(IReadOnlyList<OffsetRange> trimmed)
    {
        lock (_lock)
        {
            var kept = _kept.Clone();
            foreach (var range in trimmed)
            {
                kept.Remove(range);
            }

            return new JournalContents(kept, _committed.ToDictionary(c => c.Key, c => c.Value.Clone(), StringComparer.Ordinal), _next);
        }
    }

    /// <summary>After the commit: what was dropped is done for the uplink, in every region.</summary>
    private void PublishRelief(Relief? relief)
    {
        if (relief is not null)
        {
            _relief.OnCommitted(relief);
            lock (_lock)
            {
                foreach (var range in relief.Dropped)
                {
                    _kept.Remove(range);
                    Done(range);
                }
            }

            if (relief.Dropped.Count > 0)
            {
                Observer?.OnEvicted(relief.Dropped);
            }

            if (relief.Packets > 0)
            {
                _instruments.OnGivenUp(LossCauses.NameOf(relief.Cause), relief.Packets);
            }
        }

        if (_relief.IsUnderWay)
        {
            Wake();
        }
    }
}
