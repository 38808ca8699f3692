using Microsoft.Data.Sqlite;
using OutbackUptime.Domain.Losses;
using OutbackUptime.Domain.Overflow;
using OutbackUptime.Domain.Ranges;
using OutbackUptime.EdgeGateway.Journal.Overflow;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>What the overflow policy reads and writes.</summary>
internal sealed partial class JournalDatabase
{
    // The index holds the few thinned and loss entries only: it costs packets nothing.
    private const string OverflowSchema = """
        CREATE INDEX IF NOT EXISTS entries_named ON entries (kind, offset) WHERE kind > 2;
        CREATE TABLE IF NOT EXISTS given_up (cause INTEGER PRIMARY KEY, packets INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS hours (hour INTEGER PRIMARY KEY, entries INTEGER NOT NULL, bytes INTEGER NOT NULL);
        """;

    private const long HoursKept = 48;

    /// <summary>Entries of a range in order, without payloads.</summary>
    public IReadOnlyList<EntryHead> ReadHeads(OffsetRange range, int limit)
    {
        using var command = Command(
            "SELECT offset, kind, hub, boot, seq, received_us, CASE kind WHEN 3 THEN payload ELSE x'' END FROM entries WHERE offset BETWEEN $first AND $last ORDER BY offset LIMIT $limit",
            "$first", "$last", "$limit");
        Set(command, range.First, range.Last, limit);
        using var reader = command.ExecuteReader();
        List<EntryHead> heads = [];
        while (reader.Read())
        {
            heads.Add(new EntryHead(
                reader.GetInt64(0), (JournalEntryKind)reader.GetInt32(1), reader.GetString(2), reader.GetInt64(3), reader.GetInt64(4), JournalTime.FromMicroseconds(reader.GetInt64(5)), reader.GetFieldValue<byte[]>(6)));
        }

        return heads;
    }

    /// <summary>Packets per hub in samples spread evenly over a range.</summary>
    public IReadOnlyDictionary<string, long> SampleHubs(OffsetRange range, int samples, int packets)
    {
        using var command = Command("SELECT hub FROM entries WHERE offset BETWEEN $first AND $last AND kind = 1 ORDER BY offset", "$first", "$last");
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        var stride = Math.Max(packets, range.Count / samples);
        for (var first = range.First; first <= range.Last; first += stride)
        {
            Set(command, first, Math.Min(range.Last, first + packets - 1));
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                counts[reader.GetString(0)] = counts.GetValueOrDefault(reader.GetString(0)) + 1;
            }
        }

        return counts;
    }

    /// <summary>The first packet at or after an offset.</summary>
    public (long Offset, DateTimeOffset ReceivedAt)? FirstPacket(long offset)
    {
        using var command = Command("SELECT offset, received_us FROM entries WHERE offset >= $offset AND kind = 1 ORDER BY offset LIMIT 1", "$offset");
        Set(command, offset);
        using var reader = command.ExecuteReader();
        return reader.Read() ? (reader.GetInt64(0), JournalTime.FromMicroseconds(reader.GetInt64(1))) : null;
    }

    /// <summary>The journaled loss records, in order.</summary>
    public IReadOnlyList<(long Offset, LossRecord Record)> LoadLosses()
    {
        using var command = Command("SELECT offset, payload FROM entries WHERE kind > 2 AND kind = 4 ORDER BY offset");
        using var reader = command.ExecuteReader();
        List<(long, LossRecord)> losses = [];
        while (reader.Read())
        {
            if (LossRecordJson.TryRead(reader.GetFieldValue<byte[]>(1), out var record))
            {
                losses.Add((reader.GetInt64(0), record));
            }
        }

        return losses;
    }

    /// <summary>Deletes entries.</summary>
    public void Delete(IReadOnlyList<OffsetRange> ranges, SqliteTransaction transaction)
    {
        using var command = Command("DELETE FROM entries WHERE offset BETWEEN $first AND $last", "$first", "$last");
        command.Transaction = transaction;
        foreach (var range in ranges)
        {
            Set(command, range.First, range.Last);
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Packets that were given up since the journal was made.</summary>
    public void AddGivenUp(LossCause cause, long packets, SqliteTransaction transaction)
    {
        using var command = Command("INSERT INTO given_up (cause, packets) VALUES ($cause, $packets) ON CONFLICT (cause) DO UPDATE SET packets = packets + $packets", "$cause", "$packets");
        command.Transaction = transaction;
        Set(command, (int)cause, packets);
        command.ExecuteNonQuery();
    }

    /// <summary>Packets that were given up since the journal was made, by cause.</summary>
    public IReadOnlyDictionary<LossCause, long> LoadGivenUp()
    {
        using var command = Command("SELECT cause, packets FROM given_up");
        using var reader = command.ExecuteReader();
        var counts = new Dictionary<LossCause, long>();
        while (reader.Read())
        {
            counts[(LossCause)reader.GetInt32(0)] = reader.GetInt64(1);
        }

        return counts;
    }

    /// <summary>Keeps an hour's counts; forgets old ones.</summary>
    public void SaveHour(HourCount hour, SqliteTransaction transaction)
    {
        using var save = Command("INSERT OR REPLACE INTO hours (hour, entries, bytes) VALUES ($hour, $entries, $bytes)", "$hour", "$entries", "$bytes");
        save.Transaction = transaction;
        Set(save, hour.Hour, hour.Entries, hour.Bytes);
        save.ExecuteNonQuery();
        using var forget = Command("DELETE FROM hours WHERE hour < $hour - $kept", "$hour", "$kept");
        forget.Transaction = transaction;
        Set(forget, hour.Hour, HoursKept);
        forget.ExecuteNonQuery();
    }

    /// <summary>The hours that are kept, oldest first.</summary>
    public IReadOnlyList<HourCount> LoadHours()
    {
        using var command = Command("SELECT hour, entries, bytes FROM hours ORDER BY hour");
        using var reader = command.ExecuteReader();
        List<HourCount> hours = [];
        while (reader.Read())
        {
            hours.Add(new HourCount(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2)));
        }

        return hours;
    }
}
