using Microsoft.Data.Sqlite;
using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>Which offsets are there, which are gone, and what regions have.</summary>
internal sealed partial class JournalDatabase
{
    private SqliteCommand? _deleteEntries;
    private SqliteCommand? _touchingGone;
    private SqliteCommand? _deleteGone;
    private SqliteCommand? _insertGone;

    /// <summary>Changes what is known to be committed in a region: takes ranges out (null: all), and puts ranges in.</summary>
    public void SaveCommitted(string region, IReadOnlyList<OffsetRange>? gone, IReadOnlyList<OffsetRange> added, SqliteTransaction transaction)
    {
        using (var delete = Command(gone is null ? "DELETE FROM committed WHERE region = $region" : "DELETE FROM committed WHERE region = $region AND first = $first", "$region", "$first"))
        {
            delete.Transaction = transaction;
            foreach (var range in gone ?? [new OffsetRange(0, 0)])
            {
                Set(delete, region, range.First);
                delete.ExecuteNonQuery();
            }
        }

        using var insert = Command("INSERT OR REPLACE INTO committed (region, first, last, crc) VALUES ($region, $first, $last, $crc)", "$region", "$first", "$last", "$crc");
        insert.Transaction = transaction;
        foreach (var range in added)
        {
            Set(insert, region, range.First, range.Last, RowChecksum.OfCommitted(region, range.First, range.Last));
            insert.ExecuteNonQuery();
        }
    }

    /// <summary>What is known to be committed in a region. A damaged range is left out: it is sent again, and the region dedupes.</summary>
    public OffsetRangeSet LoadCommitted(string region)
    {
        using var command = Command("SELECT first, last, crc FROM committed WHERE region = $region", "$region");
        Set(command, region);
        return new OffsetRangeSet(Ranges(command, (first, last) => RowChecksum.OfCommitted(region, first, last)));
    }

    /// <summary>The offsets that are in the file. Reads all of it.</summary>
    public OffsetRangeSet LoadKept()
    {
        using var command = Command("SELECT offset FROM entries");
        using var reader = command.ExecuteReader();
        var kept = new OffsetRangeSet();
        var run = new OffsetRange(1, 0);
        while (reader.Read())
        {
            var offset = reader.GetInt64(0);
            if (offset != run.Last + 1)
            {
                kept.Add(run);
                run = new OffsetRange(offset, offset);
            }

            run = run with { Last = offset };
        }

        kept.Add(run);
        return kept;
    }

    /// <summary>The offsets whose entries were deleted on purpose. A damaged range is left out.</summary>
    public OffsetRangeSet LoadGone()
    {
        using var command = Command("SELECT first, last, crc FROM gone");
        return new OffsetRangeSet(Ranges(command, RowChecksum.OfGone));
    }

    /// <summary>Deletes entries, and notes that they are gone.</summary>
    public void Delete(OffsetRange range, SqliteTransaction transaction)
    {
        _deleteEntries ??= Command("DELETE FROM entries WHERE offset BETWEEN $first AND $last", "$first", "$last");
        _deleteEntries.Transaction = transaction;
        Set(_deleteEntries, range.First, range.Last);
        _deleteEntries.ExecuteNonQuery();
        SaveGone(range, transaction);
    }

    /// <summary>Notes that the offsets' entries are gone.</summary>
    public void SaveGone(OffsetRange range, SqliteTransaction transaction)
    {
        // Melts with what it touches, so that a journal that trims in order keeps one row.
        _touchingGone ??= Command(
            "SELECT first, last, crc FROM gone WHERE first <= $last + 1 AND first >= COALESCE((SELECT first FROM gone WHERE first <= $first ORDER BY first DESC LIMIT 1), $first)",
            "$first", "$last");
        _touchingGone.Transaction = transaction;
        Set(_touchingGone, range.First, range.Last);
        var touched = Ranges(_touchingGone, RowChecksum.OfGone).Where(r => r.Last >= range.First - 1).ToArray();
        _deleteGone ??= Command("DELETE FROM gone WHERE first = $first", "$first");
        _deleteGone.Transaction = transaction;
        foreach (var old in touched)
        {
            Set(_deleteGone, old.First);
            _deleteGone.ExecuteNonQuery();
        }

        var melted = new OffsetRange(touched.Min(r => (long?)r.First) is { } first ? Math.Min(first, range.First) : range.First, touched.Max(r => (long?)r.Last) is { } last ? Math.Max(last, range.Last) : range.Last);
        _insertGone ??= Command("INSERT OR REPLACE INTO gone (first, last, crc) VALUES ($first, $last, $crc)", "$first", "$last", "$crc");
        _insertGone.Transaction = transaction;
        Set(_insertGone, melted.First, melted.Last, RowChecksum.OfGone(melted.First, melted.Last));
        _insertGone.ExecuteNonQuery();
    }

    private static IEnumerable<OffsetRange> Ranges(SqliteCommand command, Func<long, long, int> checksum)
    {
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            if (reader.GetValue(0) is long first && reader.GetValue(1) is long last && reader.GetValue(2) is long crc && crc == checksum(first, last))
            {
                yield return new OffsetRange(first, last);
            }
        }
    }
}
