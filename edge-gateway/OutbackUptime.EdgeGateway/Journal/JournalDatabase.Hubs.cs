using System.Diagnostics;
using Microsoft.Data.Sqlite;
using OutbackUptime.Domain.Boots;
using OutbackUptime.Domain.Clocks;
using OutbackUptime.Domain.Packets;
using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>What decides about hubs' next packets.</summary>
internal sealed partial class JournalDatabase
{
    private const string RingRows = "SELECT hub, slot, boot, seq, hash, offset, crc FROM recent";
    private PreparedStatement? _upsertRecent;
    private PreparedStatement? _upsertHub;

    /// <summary>Keeps what decides about the hub's next packets.</summary>
    public void SaveHub(AssignedBoot assigned, int members, RecentRow recent, SqliteTransaction transaction)
    {
        SaveRecent(recent, transaction);
        if (assigned != AssignedBoot.None)
        {
            SaveAssigned(recent.Hub, assigned, members, transaction);
        }
    }

    /// <summary>Keeps a slot of a hub's ring.</summary>
    public void SaveRecent(RecentRow recent, SqliteTransaction transaction)
    {
        Debug.Assert(transaction.Connection == _connection, "Rings are written within a transaction of this file.");
        _upsertRecent ??= new PreparedStatement(
            _connection,
            "INSERT INTO recent (hub, slot, boot, seq, hash, offset, crc) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (hub, slot) DO UPDATE SET boot = ?3, seq = ?4, hash = ?5, offset = ?6, crc = ?7");
        _upsertRecent.Bind(recent.Hub).Bind(recent.Slot).Bind(recent.Packet.Boot).Bind(recent.Packet.Seq).Bind(unchecked((long)recent.Packet.Hash)).Bind(recent.Offset).Bind(recent.Checksum).Execute();
    }

    /// <summary>Keeps the boot last assigned to a hub.</summary>
    /// <param name="hub">The hub.</param>
    /// <param name="assigned">The boot.</param>
    /// <param name="members">How many packets of it are in the ring; 0 for a closed one, where it does not matter.</param>
    /// <param name="transaction">Within this.</param>
    public void SaveAssigned(string hub, AssignedBoot assigned, int members, SqliteTransaction transaction)
    {
        Debug.Assert(transaction.Connection == _connection, "Hubs are written within a transaction of this file.");
        _upsertHub ??= new PreparedStatement(
            _connection,
            "INSERT INTO hubs (hub, boot, highest, open, members, crc) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (hub) DO UPDATE SET boot = ?2, highest = ?3, open = ?4, members = ?5, crc = ?6");
        _upsertHub.Bind(hub).Bind(assigned.Boot).Bind(assigned.Highest).Bind(assigned.Open ? 1 : 0).Bind(members).Bind(RowChecksum.OfHub(hub, assigned.Boot, assigned.Highest, assigned.Open, members)).Execute();
    }

    /// <summary>
    /// A hub as the last commit left it. Where damage has taken something of it, its boot is closed: the next packet without a
    /// boot gets a new one, above all that may have been assigned before, so that no key gets two payloads.
    /// </summary>
    public HubBoots LoadHub(string hub, SqliteTransaction transaction)
    {
        var (recent, damaged) = LoadRecent(hub, transaction);
        foreach (var slot in damaged)
        {
            using var delete = Command("DELETE FROM recent WHERE hub = $hub AND slot = $slot", "$hub", "$slot");
            delete.Transaction = transaction;
            Set(delete, hub, slot);
            delete.ExecuteNonQuery();
        }

        var boots = recent.Select(r => r.Packet.Boot).Where(b => b > PacketParser.MaxHubBoot).Append(Identity.BootFloor);
        var assigned = LoadAssigned(hub, transaction) switch
        {
            null => boots.Max() is > 0 and var floor ? new AssignedBoot(floor, -1, Open: false) : AssignedBoot.None,
            { Assigned.Boot: < 0 } => new AssignedBoot(HighestAssigned(boots, transaction), -1, Open: false),
            // A row that is not found is damage, too: its hub's name may be.
            { } row when damaged.Count > 0 || recent.Count(r => r.Packet.Boot == row.Assigned.Boot) < row.Members => row.Assigned with { Open = false },
            { } row => row.Assigned,
        };
        return new HubBoots(assigned, recent.Select(r => r.Packet), HubStateTables.LoadWrapped(_connection, hub, transaction));
    }

    /// <summary>Keeps the hub's own boot under which its seq has wrapped, or <see cref="HubBoots.UnknownWrap"/>.</summary>
    public void SaveWrapped(string hub, long boot, SqliteTransaction transaction) => HubStateTables.SaveWrapped(_connection, hub, boot, transaction);

    /// <summary>Keeps what is known of a hub's wrong clock.</summary>
    public void SaveClock(string hub, ClockOffset clock, SqliteTransaction transaction) => HubStateTables.SaveClock(_connection, hub, clock, transaction);

    /// <summary>What was kept of a hub's wrong clock; null where damage has taken it, too: it is learned again.</summary>
    public ClockOffset? LoadClock(string hub, SqliteTransaction transaction) => HubStateTables.LoadClock(_connection, hub, transaction);

    /// <summary>Forgets the recent packets whose entries are lost: sent again, they are journaled again. Returns whose they were.</summary>
    public IReadOnlyList<RecentRow> ForgetRecent(OffsetRange range, SqliteTransaction transaction)
    {
        List<RecentRow> forgotten = [];
        using (var select = Command("SELECT hub, slot, boot, seq, hash, offset, crc FROM recent WHERE offset BETWEEN $first AND $last", "$first", "$last"))
        {
            select.Transaction = transaction;
            Set(select, range.First, range.Last);
            using var reader = select.ExecuteReader();
            while (reader.Read())
            {
                if (TryRead(reader) is { } row)
                {
                    forgotten.Add(row);
                }
            }
        }

        using var delete = Command("DELETE FROM recent WHERE hub = $hub AND slot = $slot", "$hub", "$slot");
        delete.Transaction = transaction;
        foreach (var row in forgotten)
        {
            Set(delete, row.Hub, row.Slot);
            delete.ExecuteNonQuery();
            if (LoadAssigned(row.Hub, transaction) is { Assigned: { Boot: > 0 } assigned })
            {
                SaveAssigned(row.Hub, assigned with { Open = false }, 0, transaction);
            }
        }

        return forgotten;
    }

    /// <summary>Puts a packet that was found into its hub's ring, and closes the hub's boot: nobody knows whether the ring is whole.</summary>
    public void Adopt(JournalEntry entry, SqliteTransaction transaction)
    {
        var row = RecentRow.Of(entry);
        if (LoadRecent(entry.Hub, transaction).Rows.All(r => r.Slot != row.Slot || r.Offset < row.Offset))
        {
            SaveRecent(row, transaction);
        }

        var assigned = LoadAssigned(entry.Hub, transaction)?.Assigned;
        if (assigned is not null || entry.BootAssigned)
        {
            var boot = Math.Max(assigned?.Boot ?? 0, Math.Max(Identity.BootFloor, entry.BootAssigned ? entry.Boot : 0));
            SaveAssigned(entry.Hub, new AssignedBoot(boot, Math.Max(assigned?.Highest ?? -1, entry.Seq), Open: false), 0, transaction);
        }
    }

    /// <summary>Whether the checksums of all rows of all rings hold. Reads all of them: 256 a hub at most.</summary>
    public bool IsRingSound() => Rows(RingRows, r => TryRead(r) is not null).TrueForAll(isSound => isSound);

    /// <summary>Deletes the rows whose checksum does not hold, and returns the offsets of the others.</summary>
    public Dictionary<(string Hub, int Slot), long> TakeSoundRing(SqliteTransaction transaction)
    {
        var sound = new Dictionary<(string Hub, int Slot), long>();
        List<(object Hub, object Slot)> damaged = [];
        using (var select = Command(RingRows))
        {
            select.Transaction = transaction;
            using var reader = select.ExecuteReader();
            while (reader.Read())
            {
                if (TryRead(reader) is { } row)
                {
                    sound[(row.Hub, row.Slot)] = row.Offset;
                }
                else
                {
                    damaged.Add((reader.GetValue(0), reader.GetValue(1)));
                }
            }
        }

        using var delete = Command("DELETE FROM recent WHERE hub IS $hub AND slot IS $slot", "$hub", "$slot");
        delete.Transaction = transaction;
        foreach (var (hub, slot) in damaged)
        {
            Set(delete, hub, slot);
            if (delete.ExecuteNonQuery() != 1)
            {
                throw new JournalDamagedException("a row of a hub's recent packets is damaged, and not found by its key");
            }
        }

        return sound;
    }

    /// <summary>Whether a hub's packets of a boot are known, which makes what a damaged entry says about itself plausible.</summary>
    public bool Knows(string hub, long boot, SqliteTransaction transaction) =>
        LoadRecent(hub, transaction).Rows.Any(r => r.Packet.Boot == boot);

    /// <summary>Gives the small tables of a version 1 file their checksums; what is not kept of <paramref name="given"/> is gone.</summary>
    public void Rewrite(SqliteTransaction transaction, OffsetRange given)
    {
        foreach (var missing in LoadKept().MissingWithin(given).ToArray())
        {
            SaveGone(missing, transaction);
        }

        foreach (var region in Rows("SELECT region, first, last FROM committed", r => (r.GetString(0), new OffsetRange(r.GetInt64(1), r.GetInt64(2)))).GroupBy(r => r.Item1, r => r.Item2, StringComparer.Ordinal))
        {
            SaveCommitted(region.Key, null, [.. region], transaction);
        }

        foreach (var (hub, assigned) in Rows("SELECT hub, boot, highest, open FROM hubs", r => (r.GetString(0), new AssignedBoot(r.GetInt64(1), r.GetInt64(2), r.GetBoolean(3)))))
        {
            SaveAssigned(hub, assigned, 0, transaction);
        }

        foreach (var row in Rows("SELECT hub, boot, seq, hash FROM recent", r => new RecentRow(r.GetString(0), new RecentPacket(r.GetInt64(1), r.GetInt64(2), unchecked((ulong)r.GetInt64(3))), 0)))
        {
            SaveRecent(row, transaction);
        }
    }

    private (List<RecentRow> Rows, List<long> Damaged) LoadRecent(string hub, SqliteTransaction transaction)
    {
        using var command = Command("SELECT hub, slot, boot, seq, hash, offset, crc FROM recent WHERE hub = $hub", "$hub");
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
                damaged.Add(reader.GetValue(1) is long slot ? slot : -1);
            }
        }

        return (rows, damaged);
    }

    private static RecentRow? TryRead(SqliteDataReader reader) =>
        reader.GetValue(0) is string hub && reader.GetValue(1) is long slot && reader.GetValue(2) is long boot && reader.GetValue(3) is long seq and >= 0
        && reader.GetValue(4) is long hash && reader.GetValue(5) is long offset && reader.GetValue(6) is long crc
        && new RecentRow(hub, new RecentPacket(boot, seq, unchecked((ulong)hash)), offset) is var row && row.Slot == slot && row.Checksum == crc
            ? row
            : null;

    /// <summary>Null when nothing was assigned; a negative boot when what was can't be read.</summary>
    private (AssignedBoot Assigned, long Members)? LoadAssigned(string hub, SqliteTransaction transaction)
    {
        using var command = Command("SELECT boot, highest, open, members, crc FROM hubs WHERE hub = $hub", "$hub");
        command.Transaction = transaction;
        Set(command, hub);
        using var reader = command.ExecuteReader();
        return !reader.Read() ? null
            : reader.GetValue(0) is long boot && reader.GetValue(1) is long highest && reader.GetValue(2) is long open && reader.GetValue(3) is long members && reader.GetValue(4) is long crc
                && crc == RowChecksum.OfHub(hub, boot, highest, open != 0, members) ? (new AssignedBoot(boot, highest, open != 0), members)
            : (new AssignedBoot(-1, -1, false), 0);
    }

    private long HighestAssigned(IEnumerable<long> known, SqliteTransaction transaction)
    {
        using var command = Command("SELECT hub, boot, highest, open, members, crc FROM hubs");
        command.Transaction = transaction;
        using var reader = command.ExecuteReader();
        var highest = known.Max();
        while (reader.Read())
        {
            if (reader.GetValue(0) is string hub && reader.GetValue(1) is long boot && reader.GetValue(2) is long last && reader.GetValue(3) is long open
                && reader.GetValue(4) is long members && reader.GetValue(5) is long crc && crc == RowChecksum.OfHub(hub, boot, last, open != 0, members))
            {
                highest = Math.Max(highest, boot);
            }
        }

        return highest;
    }

    private List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read)
    {
        using var command = Command(sql);
        using var reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
