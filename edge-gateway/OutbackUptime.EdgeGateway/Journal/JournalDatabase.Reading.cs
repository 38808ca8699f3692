using Microsoft.Data.Sqlite;
using OutbackUptime.Domain.Ranges;
using OutbackUptime.Domain.Uplink;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>What the uplink reads.</summary>
internal sealed partial class JournalDatabase
{
    /// <summary>Reads at most <paramref name="limit"/> entries of a range, in order. Damaged ones are passed over and put into <paramref name="damaged"/>.</summary>
    public IReadOnlyList<JournalEntry> Read(OffsetRange range, int limit, Func<long, DateTimeOffset, long> appendedTimestamp, List<DamagedEntry> damaged)
    {
        using var command = Command($"SELECT {JournalRow.Columns} FROM entries WHERE offset BETWEEN $first AND $last ORDER BY offset LIMIT $limit", "$first", "$last", "$limit");
        Set(command, range.First, range.Last, limit);
        return ReadEntries(command, appendedTimestamp, damaged);
    }

    /// <summary>The newest packet of each hub among the entries from <paramref name="first"/> on. Not checked: it says what to send first, and no more.</summary>
    public IReadOnlyList<(string Hub, long Offset)> LoadNewest(long first)
    {
        using var command = Command("SELECT hub, MAX(offset) FROM entries WHERE offset >= $first AND kind = 1 AND typeof(hub) = 'text' GROUP BY hub", "$first");
        Set(command, first);
        using var reader = command.ExecuteReader();
        var newest = new List<(string, long)>();
        while (reader.Read())
        {
            newest.Add((reader.GetString(0), reader.GetInt64(1)));
        }

        return newest;
    }

    /// <summary>The entries of a range as runs of the same hub; stops after so many runs, or entries. Not checked, as with <see cref="LoadNewest"/>.</summary>
    public IReadOnlyList<HubRun> ReadRuns(OffsetRange range, int maxRuns, int maxEntries)
    {
        using var command = Command("SELECT offset, COALESCE(hub, '') FROM entries WHERE offset BETWEEN $first AND $last ORDER BY offset LIMIT $limit", "$first", "$last", "$limit");
        Set(command, range.First, range.Last, maxEntries);
        using var reader = command.ExecuteReader();
        var runs = new List<HubRun>();
        while (reader.Read())
        {
            var (offset, hub) = (reader.GetInt64(0), reader.GetString(1));
            if (runs is [.., var last] && last.Hub == hub)
            {
                runs[^1] = last with { Offsets = last.Offsets with { Last = offset } };
            }
            else if (runs.Count == maxRuns)
            {
                break;
            }
            else
            {
                runs.Add(new HubRun(hub, new OffsetRange(offset, offset)));
            }
        }

        return runs;
    }

    private List<JournalEntry> ReadEntries(SqliteCommand command, Func<long, DateTimeOffset, long> appendedTimestamp, List<DamagedEntry> damaged)
    {
        using var reader = command.ExecuteReader();
        var entries = new List<JournalEntry>();
        while (reader.Read())
        {
            if (JournalRow.TryRead(reader, Identity.CheckedFrom, appendedTimestamp, out var entry))
            {
                entries.Add(entry!);
            }
            else
            {
                damaged.Add(new DamagedEntry(reader.GetInt64(0), entry));
            }
        }

        return entries;
    }
}
