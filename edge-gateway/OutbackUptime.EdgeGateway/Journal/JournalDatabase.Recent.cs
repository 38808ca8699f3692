using System.Diagnostics;
using Microsoft.Data.Sqlite;
using OutbackUptime.Domain.Boots;
using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>
/// Hubs' recent packets: a log of arrivals, and behind it each hub's ring. A packet may be in both; of two in one slot the one with
/// the higher offset counts.
/// </summary>
internal sealed partial class JournalDatabase
{
    internal const string ArrivalsTable = """
        CREATE TABLE arrivals (offset INTEGER PRIMARY KEY, hub TEXT NOT NULL, boot INTEGER NOT NULL, seq INTEGER NOT NULL, hash INTEGER NOT NULL, crc INTEGER);

        """;

    private const string RingRows = "SELECT offset, hub, boot, seq, hash, crc, slot FROM recent";
    private const string ArrivalRows = "SELECT offset, hub, boot, seq, hash, crc FROM arrivals";
    private PreparedStatement? _upsertRecent;
    private PreparedStatement? _insertArrival;

    /// <summary>Keeps a packet at the end of the log.</summary>
    public void AddArrival(RecentRow row, SqliteTransaction transaction)
    {
        Debug.Assert(transaction.Connection == _connection, "Arrivals are written within a transaction of this file.");
        _insertArrival ??= new PreparedStatement(_connection, "INSERT INTO arrivals (offset, hub, boot, seq, hash, crc) VALUES (?, ?, ?, ?, ?, ?)");
        _insertArrival.Bind(row.Offset).Bind(row.Hub).Bind(row.Packet.Boot).Bind(row.Packet.Seq).Bind(unchecked((long)row.Packet.Hash)).Bind(row.Checksum).Execute();
    }

    /// <summary>The log, in order. Throws <see cref="JournalDamagedException"/> for a row that can't be read: it may be any hub's.</summary>
    public IEnumerable<RecentRow> LoadArrivals(SqliteTransaction transaction)
    {
        using var command = Command($"{ArrivalRows} ORDER BY offset");
        command.Transaction = transaction;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return TryRead(reader) ?? throw new JournalDamagedException("a row of recent packets does not hold");
        }
    }

    /// <summary>Cuts off the log's head.</summary>
    /// <param name="end">The first offset that stays.</param>
    /// <param name="transaction">Within this.</param>
    public void CutArrivals(long end, SqliteTransaction transaction)
    {
        using var delete = Command("DELETE FROM arrivals WHERE offset < $end", "$end");
        delete.Transaction = transaction;
        Set(delete, end);
        delete.ExecuteNonQuery();
    }

    /// <summary>Keeps a slot of a hub's ring, unless what is there is newer.</summary>
    public void SaveRecent(RecentRow recent, SqliteTransaction transaction)
    {
        Debug.Assert(transaction.Connection == _connection, "Rings are written within a transaction of this file.");
        _upsertRecent ??= new PreparedStatement(
            _connection,
            "INSERT INTO recent (hub, slot, boot, seq, hash, offset, crc) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (hub, slot) DO UPDATE SET boot = ?3, seq = ?4, hash = ?5, offset = ?6, crc = ?7 WHERE offset <= ?6");
        _upsertRecent.Bind(recent.Hub).Bind(recent.Slot).Bind(recent.Packet.Boot).Bind(recent.Packet.Seq).Bind(unchecked((long)recent.Packet.Hash)).Bind(recent.Offset).Bind(recent.Checksum).Execute();
    }

    /// <summary>Forgets the recent packets whose entries are lost: sent again, they are journaled again. Returns whose they were.</summary>
    public IReadOnlyList<RecentRow> ForgetRecent(OffsetRange range, SqliteTransaction transaction)
    {
        var forgotten = new Dictionary<long, RecentRow>();
        foreach (var rows in (ReadOnlySpan<string>)[RingRows, ArrivalRows])
        {
            using var select = Command($"{rows} WHERE offset BETWEEN $first AND $last", "$first", "$last");
            select.Transaction = transaction;
            Set(select, range.First, range.Last);
            using var reader = select.ExecuteReader();
            while (reader.Read())
            {
                if (TryRead(reader) is { } row)
                {
                    forgotten[row.Offset] = row;
                }
            }
        }

        using var delete = Command("DELETE FROM recent WHERE hub = $hub AND slot = $slot AND offset = $offset; DELETE FROM arrivals WHERE offset = $offset", "$hub", "$slot", "$offset");
        delete.Transaction = transaction;
        foreach (var row in forgotten.Values)
        {
            Set(delete, row.Hub, row.Slot, row.Offset);
            delete.ExecuteNonQuery();
            if (LoadAssigned(row.Hub, transaction) is { Assigned: { Boot: > 0 } assigned })
            {
                SaveAssigned(row.Hub, assigned with { Open = false }, 0, transaction);
            }
        }

        return [.. forgotten.Values];
    }

    /// <summary>Puts a packet that was found into its hub's ring, and closes the hub's boot: nobody knows whether the ring is whole.</summary>
    public void Adopt(JournalEntry entry, SqliteTransaction transaction)
    {
        SaveRecent(RecentRow.Of(entry), transaction);
        var assigned = LoadAssigned(entry.Hub, transaction)?.Assigned;
        if (assigned is not null || entry.BootAssigned)
        {
            var boot = Math.Max(assigned?.Boot ?? 0, Math.Max(Identity.BootFloor, entry.BootAssigned ? entry.Boot : 0));
            SaveAssigned(entry.Hub, new AssignedBoot(boot, Math.Max(assigned?.Highest ?? -1, entry.Seq), Open: false), 0, transaction);
        }
    }

    /// <summary>Whether the checksums of all rows of the log and of all rings hold. Reads all of them: 256 a hub at most, and the log.</summary>
    public bool IsRingSound() =>
        Rows(ArrivalRows, r => TryRead(r) is not null).TrueForAll(isSound => isSound) && Rows(RingRows, r => TryRead(r) is not null).TrueForAll(isSound => isSound);

    /// <summary>Deletes the rows whose checksum does not hold, and returns the offsets of the others.</summary>
    public Dictionary<(string Hub, int Slot), long> TakeSoundRing(SqliteTransaction transaction)
    {
        var sound = new Dictionary<(string Hub, int Slot), long>();
        List<(string Sql, object Hub, object Key)> damaged = [];
        foreach (var (rows, isRing) in (ReadOnlySpan<(string, bool)>)[(RingRows, true), (ArrivalRows, false)])
        {
            using var select = Command(rows);
            select.Transaction = transaction;
            using var reader = select.ExecuteReader();
            while (reader.Read())
            {
                if (TryRead(reader) is { } row)
                {
                    sound[(row.Hub, row.Slot)] = Math.Max(row.Offset, sound.GetValueOrDefault((row.Hub, row.Slot)));
                }
                else
                {
                    damaged.Add(isRing
                        ? ("DELETE FROM recent WHERE hub IS $hub AND slot IS $key", reader.GetValue(1), reader.GetValue(6))
                        : ("DELETE FROM arrivals WHERE hub IS $hub AND offset IS $key", reader.GetValue(1), reader.GetValue(0)));
                }
            }
        }

        foreach (var (sql, hub, key) in damaged)
        {
            using var delete = Command(sql, "$hub", "$key");
            delete.Transaction = transaction;
            Set(delete, hub, key);
            if (delete.ExecuteNonQuery() != 1)
            {
                throw new JournalDamagedException("a row of a hub's recent packets is damaged, and not found by its key");
            }
        }

        return sound;
    }

    /// <summary>Whether a hub's packets of a boot are known, which makes what a damaged entry says about itself plausible.</summary>
    public bool Knows(string hub, long boot, SqliteTransaction transaction) =>
        LoadRecent(hub, transaction).Rows.Any(r => r.Packet.Boot == boot)
        || Rows(ArrivalRows, TryRead).Exists(r => r is { } row && row.Hub == hub && row.Packet.Boot == boot);

    private (List<RecentRow> Rows, List<long> Damaged) LoadRecent(string hub, SqliteTransaction transaction)
    {
        using var command = Command($"{RingRows} WHERE hub = $hub", "$hub");
        command.Transaction = transaction;
        Set(command, hub);
        using var reader = command.ExecuteReader();
        var (rows, damaged) = (new List<RecentRow>(), new List<long>());
        while (reader.Read())
        {
            if (TryRead(reader) is { } row)
            {
                rows.Add(row);
            }
            else
            {
                damaged.Add(reader.GetValue(6) is long slot ? slot : -1);
            }
        }

        return (rows, damaged);
    }

    /// <summary>A row of the log, or of a ring, which says its slot, too.</summary>
    private static RecentRow? TryRead(SqliteDataReader reader) =>
        reader.GetValue(0) is long offset && reader.GetValue(1) is string hub && reader.GetValue(2) is long boot && reader.GetValue(3) is long seq and >= 0
        && reader.GetValue(4) is long hash && reader.GetValue(5) is long crc
        && new RecentRow(hub, new RecentPacket(boot, seq, unchecked((ulong)hash)), offset) is var row && row.Checksum == crc
        && (reader.FieldCount == 6 || (reader.GetValue(6) is long slot && row.Slot == slot))
            ? row
            : null;
}
