using Microsoft.Data.Sqlite;
using OutbackUptime.Domain.Boots;
using OutbackUptime.Domain.Ranges;
using OutbackUptime.EdgeGateway.Journal.Storage;
using SQLitePCL;

namespace OutbackUptime.EdgeGateway.Journal.Salvage;

/// <summary>
/// Opens the journal whatever a power cut or a bad card has made of it: as it is, else salvaged, else as a new one that names
/// what it has lost.
/// </summary>
internal sealed class JournalOpener(JournalFiles files, JournalStorage storage, JournalOptions options, string station, IReadOnlyCollection<string> regions, TimeProvider time)
{
    private readonly JournalSalvage _salvage = new(files, storage, options, station, regions, time);

    /// <summary>Told before a salvage, which takes its time.</summary>
    public Action<string>? OnDamage { get; init; }

    /// <summary>
    /// Opens it. Throws <see cref="JournalException"/> when it is not this station's or of a newer program, or when the disk
    /// takes no writes; never for damage.
    /// </summary>
    public OpenedJournal Open() => Open(null, null);

    /// <summary>Salvages a journal that is known to be damaged, and opens it. No connection may be open on it.</summary>
    /// <param name="damage">What is wrong.</param>
    /// <param name="memory">What is known of it otherwise.</param>
    public OpenedJournal Open(string? damage, Memory? memory)
    {
        try
        {
            return OpenOrSalvage(damage, memory);
        }
        catch (SqliteException) when (new Ballast(files, storage.BallastBytes).LetGo())
        {
            // A disk without a free byte: SQLite needs some even to open.
            return Open(damage, memory);
        }
        catch (Exception e) when (e is SqliteException or JournalDamagedException or IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"The journal {files.Database} could not be opened: {e.Message}", e);
        }
    }

    /// <summary>What is damaged, if that is what an exception says.</summary>
    public static string? DamageOf(Exception e) => e switch
    {
        JournalDamagedException => e.Message,
        SqliteException s when SqliteFaults.Of(s) == StorageTrouble.Damaged => e.Message,
        _ => null,
    };

    private OpenedJournal OpenOrSalvage(string? damage, Memory? memory)
    {
        if (files.FinishSalvage(time.GetUtcNow()))
        {
            files.Prune(options.DamagedSets, options.DamagedBytes);
        }

        SalvageReport? report = null;
        for (var attempt = 0; ; attempt++)
        {
            if (damage is not null)
            {
                if (attempt == 2)
                {
                    // What was salvaged is damaged again: the old file can't be trusted at all.
                    files.PutAside(time.GetUtcNow());
                }

                report = Salvage(damage, memory);
            }

            try
            {
                return TryOpen() with { Salvage = report };
            }
            catch (Exception e) when (attempt < 2 && DamageOf(e) is { } found)
            {
                damage = found;
            }
        }
    }

    private SalvageReport Salvage(string damage, Memory? memory)
    {
        OnDamage?.Invoke(damage);
        try
        {
            return _salvage.Run(damage, memory);
        }
        catch (SqliteException e) when (SqliteFaults.Of(e) == StorageTrouble.Full)
        {
            // The journal is worth more than old damaged files.
            files.Prune(0, 0);
            return _salvage.Run(damage, memory);
        }
    }

    private OpenedJournal TryOpen()
    {
        var size = File.Exists(files.Database) ? new FileInfo(files.Database).Length : 0;
        var isUnclean = File.Exists(files.Wal) && new FileInfo(files.Wal).Length > 0;
        var mark = HighWaterMark.Read(files.HighWater);
        if (size == 0 && (isUnclean || mark is { Depth: > 0 }))
        {
            // SQLite would begin a new file, and throw the log away.
            throw new JournalDamagedException("its file is empty");
        }

        var (tail, tailEntries) = (new Findings(), (IReadOnlyList<JournalEntry>)[]);
        if (isUnclean)
        {
            using var image = new JournalImage(files);
            if (image.Log.Frames.Any(f => f.Place == WalPlace.CutOff))
            {
                throw new JournalDamagedException("its log is damaged in the middle");
            }

            (tail, tailEntries) = image.Log.HasTail ? JournalSearch.FindTail(image) : (tail, tailEntries);
        }

        var born = new JournalIdentity(station, Guid.NewGuid(), CheckedFrom: 1, BootFloor: 0);
        // Where the log that held even the tables was cut off, SQLite finds an empty file, and no fault in it.
        var writer = JournalDatabase.Open(files.Database, born, storage.Vfs, mayMake: mark is not { Next: > 1 } && tail.Entries.Count == 0);
        try
        {
            writer.QuickCheck(options.CheckLimit, time);
            var (kept, gone) = (writer.LoadKept(), writer.LoadGone());
            RingRepair.Run(writer, kept);
            writer.ReadBooks();
            mark = mark?.Epoch == writer.Epoch ? mark : null;
            var last = Math.Max(writer.NextOffset, Math.Max(mark?.Next ?? 0, Math.Max(End(kept), End(gone)))) - 1;
            var have = new OffsetRangeSet(kept.Ranges.Concat(gone.Ranges).Concat(tail.Entries.Ranges));
            if (have.MissingWithin(new OffsetRange(1, last)).Sum(r => r.Count) is > 0 and var missing)
            {
                throw new JournalDamagedException($"{missing} entries are not where they should be");
            }

            var next = Math.Max(last, tail.HighestSeen) + 1;
            if (next != writer.NextOffset || tailEntries.Any(e => !kept.Contains(e.Offset)))
            {
                Adopt(writer, tailEntries, kept, gone, next);
            }

            var reader = JournalDatabase.Open(files.Database, born with { Epoch = writer.Epoch }, storage.Vfs);
            return new OpenedJournal(writer, reader, kept, gone, next, regions.ToDictionary(r => r, r => new OffsetRangeSet(writer.LoadCommitted(r).Ranges.Concat(gone.Ranges)), StringComparer.Ordinal), null);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_ERROR)
        {
            // As in JournalDatabase.Open: it is the tables that are not as they were made (sqlite_sequence is SQLite's own).
            writer.Abandon();
            throw new JournalDamagedException(e.Message, e);
        }
        catch
        {
            writer.Abandon();
            throw;
        }
    }

    /// <summary>
    /// Takes over what a torn last transaction has left: it may have been acknowledged, if it was damaged and not torn. Offsets
    /// of it that are not there are not used again.
    /// </summary>
    private static void Adopt(JournalDatabase writer, IReadOnlyList<JournalEntry> entries, OffsetRangeSet kept, OffsetRangeSet gone, long next)
    {
        using var transaction = writer.Begin();
        foreach (var entry in entries.Where(e => !kept.Contains(e.Offset) && !gone.Contains(e.Offset)).OrderBy(e => e.Offset))
        {
            writer.Insert(entry, transaction);
            kept.Add(new OffsetRange(entry.Offset, entry.Offset));
            if (entry.Kind == JournalEntryKind.Packet)
            {
                writer.Adopt(entry, transaction);
            }
        }

        foreach (var hole in new OffsetRangeSet(kept.Ranges.Concat(gone.Ranges)).MissingWithin(new OffsetRange(1, next - 1)).ToArray())
        {
            writer.SaveGone(hole, transaction);
            gone.Add(hole);
        }

        writer.SetNextOffset(next, transaction);
        transaction.Commit();
    }

    private static long End(OffsetRangeSet set) => set.Count == 0 ? 1 : set.Ranges[^1].Last + 1;
}
