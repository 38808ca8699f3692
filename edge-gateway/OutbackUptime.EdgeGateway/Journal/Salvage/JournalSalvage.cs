using OutbackUptime.Domain.Losses;
using OutbackUptime.Domain.Ranges;
using OutbackUptime.EdgeGateway.Journal.Storage;

namespace OutbackUptime.EdgeGateway.Journal.Salvage;

/// <summary>
/// Makes a new journal of all that can be read of a damaged one, names what can't, and puts the old files aside. Until the new
/// file is whole and synced, the old ones stay what they are; from then on the new one is the journal, however often the power fails.
/// </summary>
internal sealed class JournalSalvage(JournalFiles files, JournalStorage storage, JournalOptions options, string station, IReadOnlyCollection<string> regions, TimeProvider time)
{
    /// <summary>How far offsets move on when nobody knows how far they had got: more than a log of 64 MiB can hold.</summary>
    public const long Jump = 10_000_000;

    /// <summary>Begins the detail of a record for what nothing tells of. Its count of 1 stands for none, one or more.</summary>
    public const string Unknown = "How far the journal had got can't be told: none, one or more entries may be lost with its end. These offsets are not used.";

    /// <summary>Makes the new journal. No connection may be open on the old one.</summary>
    /// <param name="reason">What is wrong, for people.</param>
    /// <param name="memory">What is known of it otherwise.</param>
    public SalvageReport Run(string reason, Memory? memory)
    {
        var started = time.GetTimestamp();
        Discard();
        SalvageReport report;
        using (var image = new JournalImage(files))
        {
            var findings = JournalSearch.FindKeys(image);
            if (findings.Station is { } other && other != station)
            {
                throw new JournalException($"The journal {files.Database} belongs to station '{other}', not to '{station}'. Use its own data directory for each station.");
            }

            report = Write(image, findings, reason, memory);
        }

        files.Sync(files.Salvaging);
        files.Move(files.Salvaging, files.Salvaged);
        files.SyncDirectory();
        files.FinishSalvage(time.GetUtcNow());
        files.Prune(options.DamagedSets, options.DamagedBytes);
        return report with { Elapsed = time.GetElapsedTime(started) };
    }

    /// <summary>Drops what a salvage that was cut short has left.</summary>
    public void Discard()
    {
        foreach (var suffix in (ReadOnlySpan<string>)["", "-journal", "-wal", "-shm"])
        {
            if (File.Exists(files.Salvaging + suffix))
            {
                files.Delete(files.Salvaging + suffix);
            }
        }
    }

    private SalvageReport Write(JournalImage image, Findings findings, string reason, Memory? memory)
    {
        var now = time.GetUtcNow();
        var mark = HighWaterMark.Read(files.HighWater);
        var known = memory?.Epoch ?? findings.Epoch ?? mark?.Epoch;
        mark = mark?.Epoch == known ? mark : null;
        var gone = Gone(findings, mark, memory);
        var identity = new JournalIdentity(station, known ?? Guid.NewGuid(), CheckedFrom: 1, findings.BootFloor);
        using var database = JournalDatabase.Open(files.Salvaging, identity, storage.Vfs, durable: false);
        using var transaction = database.Begin();
        void Keep(JournalEntry entry)
        {
            if (!gone.Contains(entry.Offset) && !findings.Entries.Contains(entry.Offset))
            {
                database.Insert(entry, transaction);
                findings.AddEntry(entry);
            }
        }

        JournalSearch.FindEntries(image, findings, Keep);
        foreach (var entry in memory?.Cached ?? [])
        {
            Keep(entry);
        }

        var kept = findings.Entries.Count;
        var isExact = memory is not null || mark is not null;
        var last = Math.Max(findings.HighestOffset, Math.Max(memory?.Next ?? 0, mark?.Next ?? 0) - 1);
        var next = Math.Max(last, findings.HighestSeen) + 1 + (isExact ? 0 : Jump);
        var have = Union(findings.Entries, gone);
        OffsetRange[] lost = [.. have.MissingWithin(new OffsetRange(1, last))];
        Array.ForEach(lost, range => have.Add(range));
        foreach (var range in Union(gone, new OffsetRangeSet(lost), new OffsetRangeSet(have.MissingWithin(new OffsetRange(1, next - 1)))).Ranges)
        {
            database.SaveGone(range, transaction);
        }

        database.SetNextOffset(next, transaction);
        var losses = SaveBooks(database, findings, lost, memory, $"{reason}. Salvaged {now:yyyy-MM-dd HH:mm:ss}Z: {kept} entries could be read.", isExact ? null : new OffsetRange(last + 1, next - 1), transaction);
        foreach (var loss in losses)
        {
            database.Insert(LossEntry.Of(loss, now), transaction);
        }

        // What was noted of boots that lack packets may be among what is lost.
        database.Silence("", 0, transaction);
        var named = losses.Where(l => !l.Detail.StartsWith(Unknown, StringComparison.Ordinal)).Sum(l => l.Packets);
        if (named > 0)
        {
            database.AddGivenUp(LossCause.Damaged, named, transaction);
        }

        transaction.Commit();
        return new SalvageReport(now, reason, kept, named, losses.Count, known is not null, TimeSpan.Zero);
    }

    /// <summary>Writes hubs and regions, and returns the names of what was lost.</summary>
    private IReadOnlyList<LossRecord> SaveBooks(
        JournalDatabase database, Findings findings, OffsetRange[] lost, Memory? memory, string detail, OffsetRange? beyond, Microsoft.Data.Sqlite.SqliteTransaction transaction)
    {
        var committed = regions.Union(findings.Committed.Keys, StringComparer.Ordinal).ToDictionary(
            r => r, r => Union(findings.Committed.GetValueOrDefault(r), memory?.Committed.GetValueOrDefault(r)), StringComparer.Ordinal);
        foreach (var (region, set) in committed)
        {
            database.SaveCommitted(region, null, set.Ranges, transaction);
        }

        foreach (var (hub, assigned) in findings.Assigned)
        {
            database.SaveAssigned(hub, assigned, 0, transaction);
        }

        foreach (var (hub, boot) in findings.Wrapped)
        {
            database.SaveWrapped(hub, boot, transaction);
        }

        foreach (var (hub, clock) in findings.Clocks)
        {
            database.SaveClock(hub, clock, transaction);
        }

        var lostOffsets = new OffsetRangeSet(lost);
        List<KnownPacket> known = [];
        foreach (var row in findings.Recent)
        {
            if (lostOffsets.Contains(row.Offset))
            {
                // Sent again it is journaled again.
                known.Add(new KnownPacket(row.Offset, row.Hub, row.Packet.Boot, row.Packet.Seq));
            }
            else
            {
                database.SaveRecent(row, transaction);
            }
        }

        var owed = regions.ToDictionary(r => r, r => committed[r], StringComparer.Ordinal);
        var losses = DamageNaming.Name(lost, known, owed, detail);
        return beyond is not { } range
            ? losses
            : [.. losses, new LossRecord(LossCause.Damaged, range.First, range.Last, 1, "", 0, 0, 0, [.. regions], $"{Unknown} {detail}")];
    }

    private static OffsetRangeSet Gone(Findings findings, HighWaterMark.Claim? mark, Memory? memory)
    {
        var gone = Union(findings.Gone, memory is null ? null : new OffsetRangeSet(memory.Kept.MissingWithin(new OffsetRange(1, memory.Next - 1))));
        if (gone.Count == 0 && mark is not null)
        {
            gone.Add(new OffsetRange(1, mark.First - 1));
        }

        return gone;
    }

    private static OffsetRangeSet Union(params ReadOnlySpan<OffsetRangeSet?> sets)
    {
        var all = new OffsetRangeSet();
        foreach (var set in sets)
        {
            foreach (var range in set?.Ranges ?? [])
            {
                all.Add(range);
            }
        }

        return all;
    }
}
