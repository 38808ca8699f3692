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
    internal const string OverflowTables = """
        CREATE INDEX IF NOT EXISTS entries_named ON entries (kind, offset) WHERE kind > 2;
        CREATE TABLE IF NOT EXISTS given_up (cause INTEGER PRIMARY KEY, packets INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS hours (hour INTEGER PRIMARY KEY, entries INTEGER NOT NULL, bytes INTEGER NOT NULL);
        """;

    private const long HoursKept = 48;

    /// <summary>Counts above it are damage.</summary>
    private const long MaxCount = 10_000_000;

    /// <summary>Entries of a range in order. Damaged ones are passed over and put into <paramref name="damaged"/>: what they say of themselves names nobody.</summary>
    public IReadOnlyList<EntryHead> ReadHeads(OffsetRange range, int limit, List<DamagedEntry> damaged) =>
        [.. Read(range, limit, (_, _) => 0, damaged)
            .Select(e => new EntryHead(e.Offset, e.Kind, e.Hub, e.Boot, e.Seq, e.ReceivedAt, e.Kind == JournalEntryKind.Thinned ? e.Payload.ToArray() : []))];

    /// <summary>Packets per hub in samples spread evenly over a range.</summary>
    public IReadOnlyDictionary<string, long> SampleHubs(OffsetRange range, int samples, int packets)
    {
        using var command = Command("SELECT hub FROM entries WHERE offset BETWEEN $first AND $last AND kind = 1 AND typeof(hub) = 'text' ORDER BY offset", "$first", "$last");
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

    /// <summary>The first packet at or after an offset, by what it says of itself.</summary>
    public (long Offset, DateTimeOffset ReceivedAt)? FirstPacket(long offset)
    {
        using var command = Command("SELECT offset, received_us FROM entries WHERE offset >= $offset AND kind = 1 AND typeof(received_us) = 'integer' AND received_us BETWEEN 0 AND 1 << 55 ORDER BY offset LIMIT 1", "$offset");
        Set(command, offset);
        using var reader = command.ExecuteReader();
        return reader.Read() ? (reader.GetInt64(0), JournalTime.FromMicroseconds(reader.GetInt64(1))) : null;
    }

    /// <summary>The journaled loss records that can be read, in order.</summary>
    public IReadOnlyList<(long Offset, LossRecord Record)> LoadLosses()
    {
        using var command = Command($"SELECT {JournalRow.Columns} FROM entries WHERE kind > 2 AND kind = 4 ORDER BY offset");
        List<(long, LossRecord)> losses = [];
        foreach (var entry in ReadEntries(command, (_, _) => 0, []))
        {
            if (LossRecordJson.TryRead(entry.Payload.Span, out var record))
            {
                losses.Add((entry.Offset, record));
            }
        }

        return losses;
    }

    /// <summary>
    /// Reads what a start is going to read besides: through an index that is damaged in a way that SQLite's quick check does not
    /// look for, it can't, and that must be met where a salvage helps.
    /// </summary>
    public void ReadBooks()
    {
        _ = LoadLosses();
        _ = LoadGivenUp();
        _ = LoadHours();
        _ = LoadSilenced();
    }

    /// <summary>Deletes entries, and notes that they are gone.</summary>
    public void Delete(IReadOnlyList<OffsetRange> ranges, SqliteTransaction transaction)
    {
        foreach (var range in ranges)
        {
            Delete(range, transaction);
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
            // These rows have no checksum: what makes no sense is left out.
            if (reader.GetValue(0) is long cause and >= (long)LossCause.Damaged and <= (long)LossCause.Thinned && reader.GetValue(1) is long packets and >= 0)
            {
                counts[(LossCause)cause] = packets;
            }
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
            if (reader.GetValue(0) is long hour and >= 0 and < MaxCount && reader.GetValue(1) is long entries and >= 0 and < MaxCount && reader.GetValue(2) is long bytes and >= 0 and < MaxCount * 1024)
            {
                hours.Add(new HourCount(hour, entries, bytes));
            }
        }

        return hours;
    }
}
