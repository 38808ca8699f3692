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
    private PreparedStatement? _upsertHub;

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
    /// <param name="hub">The hub.</param>
    /// <param name="arrived">What the log has of it, in order.</param>
    /// <param name="transaction">Within this.</param>
    public HubBoots LoadHub(string hub, IReadOnlyList<RecentRow> arrived, SqliteTransaction transaction)
    {
        var (settled, damaged) = LoadRecent(hub, transaction);
        foreach (var slot in damaged)
        {
            using var delete = Command("DELETE FROM recent WHERE hub = $hub AND slot = $slot", "$hub", "$slot");
            delete.Transaction = transaction;
            Set(delete, hub, slot);
            delete.ExecuteNonQuery();
        }

        RecentRow[] recent = [.. settled.Concat(arrived).GroupBy(r => r.Slot, (_, rows) => rows.MaxBy(r => r.Offset))];
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
