using System.Globalization;
using Microsoft.Data.Sqlite;
using OutbackUptime.Domain.Boots;
using OutbackUptime.Domain.Clocks;
using OutbackUptime.Domain.Ranges;
using OutbackUptime.Domain.Uplink;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>
/// The journal's SQLite file: WAL with synchronous=FULL, so that a commit that returned survives a power cut. One writer.
/// </summary>
internal sealed partial class JournalDatabase : IDisposable
{
    private const int SchemaVersion = 1;
    private const string Columns = "offset, kind, hub, boot, boot_assigned, seq, received_us, payload, topic, reason_code, reason, event_us";

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insertEntry;
    private readonly SqliteCommand _upsertRecent;
    private readonly SqliteCommand _upsertHub;

    private JournalDatabase(SqliteConnection connection)
    {
        _connection = connection;
        _insertEntry = Command(
            $"INSERT INTO entries ({Columns[8..]}) VALUES ($kind, $hub, $boot, $assigned, $seq, $received, $payload, $topic, $code, $reason, $event) RETURNING offset",
            "$kind", "$hub", "$boot", "$assigned", "$seq", "$received", "$payload", "$topic", "$code", "$reason", "$event");
        _upsertRecent = Command(
            "INSERT INTO recent (hub, slot, boot, seq, hash) VALUES ($hub, $slot, $boot, $seq, $hash) ON CONFLICT (hub, slot) DO UPDATE SET boot = $boot, seq = $seq, hash = $hash",
            "$hub", "$slot", "$boot", "$seq", "$hash");
        _upsertHub = Command(
            "INSERT INTO hubs (hub, boot, highest, open) VALUES ($hub, $boot, $highest, $open) ON CONFLICT (hub) DO UPDATE SET boot = $boot, highest = $highest, open = $open",
            "$hub", "$boot", "$highest", "$open");
    }

    /// <summary>Opens the file, or makes it with a new epoch.</summary>
    public static JournalDatabase Open(string path, string station)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            // Pages of 1 KiB (a new file's; an old one keeps its own): a commit of one packet touches three, and each goes to the card whole.
            Execute(connection, "PRAGMA page_size = 1024; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -1024; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864; PRAGMA temp_store = MEMORY;");
            Execute(connection, """
                CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
                CREATE TABLE IF NOT EXISTS entries (
                    offset INTEGER PRIMARY KEY AUTOINCREMENT, kind INTEGER NOT NULL, hub TEXT NOT NULL, boot INTEGER NOT NULL, boot_assigned INTEGER NOT NULL,
                    seq INTEGER NOT NULL, received_us INTEGER NOT NULL, payload BLOB NOT NULL, topic TEXT NOT NULL, reason_code TEXT NOT NULL, reason TEXT NOT NULL, event_us INTEGER NOT NULL DEFAULT 0);
                CREATE TABLE IF NOT EXISTS committed (region TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (region, first)) WITHOUT ROWID;
                CREATE TABLE IF NOT EXISTS hubs (hub TEXT PRIMARY KEY, boot INTEGER NOT NULL, highest INTEGER NOT NULL, open INTEGER NOT NULL) WITHOUT ROWID;
                CREATE TABLE IF NOT EXISTS recent (hub TEXT NOT NULL, slot INTEGER NOT NULL, boot INTEGER NOT NULL, seq INTEGER NOT NULL, hash INTEGER NOT NULL, PRIMARY KEY (hub, slot)) WITHOUT ROWID;
                """);
            Execute(connection, OverflowSchema);
            HubStateTables.Create(connection);
            var database = new JournalDatabase(connection);
            database.Claim("schema", SchemaVersion.ToString(CultureInfo.InvariantCulture), found => $"The journal {path} has schema {found}; this program knows {SchemaVersion}.");
            database.Claim("station", station, found => $"The journal {path} belongs to station '{found}', not to '{station}'. Use its own data directory for each station.");
            database.Epoch = Guid.Parse(database.Claim("epoch", Guid.NewGuid().ToString(), null));
            return database;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw new JournalException($"The journal {path} could not be opened: {e.Message}", e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>This file's identity.</summary>
    public Guid Epoch { get; private set; }

    /// <summary>The offset that the next entry will get.</summary>
    public long NextOffset => Scalar("SELECT seq FROM sqlite_sequence WHERE name = 'entries'") + 1;

    /// <summary>Bytes in use, without free pages.</summary>
    public long UsedBytes => (Scalar("PRAGMA page_count") - Scalar("PRAGMA freelist_count")) * Scalar("PRAGMA page_size");

    public SqliteTransaction Begin() => _connection.BeginTransaction();

    /// <summary>Writes an entry; returns its offset.</summary>
    public long Insert(JournalEntry entry, SqliteTransaction transaction)
    {
        _insertEntry.Transaction = transaction;
        Set(_insertEntry, (int)entry.Kind, entry.Hub, entry.Boot, entry.BootAssigned, entry.Seq, JournalTime.ToMicroseconds(entry.ReceivedAt), entry.Payload.ToArray(), entry.Topic, entry.ReasonCode, entry.Reason, entry.RepairedTime is { } repaired ? JournalTime.ToMicroseconds(repaired) : 0);
        return (long)_insertEntry.ExecuteScalar()!;
    }

    /// <summary>Keeps what decides about the hub's next packets.</summary>
    public void SaveHub(string hub, AssignedBoot assigned, RecentPacket recent, SqliteTransaction transaction)
    {
        _upsertRecent.Transaction = transaction;
        Set(_upsertRecent, hub, HubBoots.Slot(recent.Seq), recent.Boot, recent.Seq, unchecked((long)recent.Hash));
        _upsertRecent.ExecuteNonQuery();
        if (assigned != AssignedBoot.None)
        {
            _upsertHub.Transaction = transaction;
            Set(_upsertHub, hub, assigned.Boot, assigned.Highest, assigned.Open);
            _upsertHub.ExecuteNonQuery();
        }
    }

    /// <summary>A hub as the last commit left it.</summary>
    public HubBoots LoadHub(string hub, SqliteTransaction transaction)
    {
        var assigned = AssignedBoot.None;
        using (var command = Command("SELECT boot, highest, open FROM hubs WHERE hub = $hub", "$hub"))
        {
            command.Transaction = transaction;
            Set(command, hub);
            using var reader = command.ExecuteReader();
            if (reader.Read())
            {
                assigned = new AssignedBoot(reader.GetInt64(0), reader.GetInt64(1), reader.GetBoolean(2));
            }
        }

        var recent = new List<RecentPacket>();
        using (var command = Command("SELECT boot, seq, hash FROM recent WHERE hub = $hub", "$hub"))
        {
            command.Transaction = transaction;
            Set(command, hub);
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                recent.Add(new RecentPacket(reader.GetInt64(0), reader.GetInt64(1), unchecked((ulong)reader.GetInt64(2))));
            }
        }

        return new HubBoots(assigned, recent, HubStateTables.LoadWrapped(_connection, hub, transaction));
    }

    /// <summary>Keeps the hub's own boot under which its seq has wrapped.</summary>
    public void SaveWrapped(string hub, long boot, SqliteTransaction transaction) => HubStateTables.SaveWrapped(_connection, hub, boot, transaction);

    /// <summary>Keeps what is known of a hub's wrong clock.</summary>
    public void SaveClock(string hub, ClockOffset clock, SqliteTransaction transaction) => HubStateTables.SaveClock(_connection, hub, clock, transaction);

    /// <summary>What was kept of a hub's wrong clock.</summary>
    public ClockOffset? LoadClock(string hub, SqliteTransaction transaction) => HubStateTables.LoadClock(_connection, hub, transaction);

    /// <summary>Changes what is known to be committed in a region: takes ranges out (null: all), and puts ranges in.</summary>
    public void SaveCommitted(string region, IReadOnlyList<OffsetRange>? gone, IReadOnlyList<OffsetRange> added, SqliteTransaction transaction)
    {
        using (var delete = Command("DELETE FROM committed WHERE region = $region AND first BETWEEN $first AND $last", "$region", "$first", "$last"))
        {
            delete.Transaction = transaction;
            foreach (var range in gone ?? [new OffsetRange(0, long.MaxValue)])
            {
                Set(delete, region, range.First, gone is null ? range.Last : range.First);
                delete.ExecuteNonQuery();
            }
        }

        using var insert = Command("INSERT INTO committed (region, first, last) VALUES ($region, $first, $last)", "$region", "$first", "$last");
        insert.Transaction = transaction;
        foreach (var range in added)
        {
            Set(insert, region, range.First, range.Last);
            insert.ExecuteNonQuery();
        }
    }

    /// <summary>What is known to be committed in a region.</summary>
    public OffsetRangeSet LoadCommitted(string region)
    {
        using var command = Command("SELECT first, last FROM committed WHERE region = $region", "$region");
        Set(command, region);
        return new OffsetRangeSet(Ranges(command));
    }

    /// <summary>The offsets that are in the file.</summary>
    public OffsetRangeSet LoadKept()
    {
        using var command = Command("SELECT MIN(offset), MAX(offset) FROM (SELECT offset, offset - ROW_NUMBER() OVER (ORDER BY offset) AS island FROM entries) GROUP BY island");
        return new OffsetRangeSet(Ranges(command));
    }

    /// <summary>Deletes entries.</summary>
    public void Delete(OffsetRange range, SqliteTransaction transaction)
    {
        using var command = Command("DELETE FROM entries WHERE offset BETWEEN $first AND $last", "$first", "$last");
        command.Transaction = transaction;
        Set(command, range.First, range.Last);
        command.ExecuteNonQuery();
    }

    /// <summary>Reads at most <paramref name="limit"/> entries of a range, in order.</summary>
    public IReadOnlyList<JournalEntry> Read(OffsetRange range, int limit, Func<long, DateTimeOffset, long> appendedTimestamp)
    {
        using var command = Command($"SELECT {Columns} FROM entries WHERE offset BETWEEN $first AND $last ORDER BY offset LIMIT $limit", "$first", "$last", "$limit");
        Set(command, range.First, range.Last, limit);
        using var reader = command.ExecuteReader();
        var entries = new List<JournalEntry>();
        while (reader.Read())
        {
            var offset = reader.GetInt64(0);
            var receivedAt = JournalTime.FromMicroseconds(reader.GetInt64(6));
            entries.Add(new JournalEntry(
                offset, (JournalEntryKind)reader.GetInt32(1), reader.GetString(2), reader.GetInt64(3), reader.GetBoolean(4), reader.GetInt64(5), receivedAt,
                appendedTimestamp(offset, receivedAt), reader.GetFieldValue<byte[]>(7), reader.GetString(8), reader.GetString(9), reader.GetString(10))
            {
                RepairedTime = reader.GetInt64(11) is var eventUs and not 0 ? JournalTime.FromMicroseconds(eventUs) : null,
            });
        }

        return entries;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _insertEntry.Dispose();
        _upsertRecent.Dispose();
        _upsertHub.Dispose();
        _connection.Dispose();
    }

    /// <summary>The newest packet of each hub among the entries from <paramref name="first"/> on.</summary>
    public IReadOnlyList<(string Hub, long Offset)> LoadNewest(long first)
    {
        using var command = Command("SELECT hub, MAX(offset) FROM entries WHERE offset >= $first AND kind = 1 GROUP BY hub", "$first");
        Set(command, first);
        using var reader = command.ExecuteReader();
        var newest = new List<(string, long)>();
        while (reader.Read())
        {
            newest.Add((reader.GetString(0), reader.GetInt64(1)));
        }

        return newest;
    }

    /// <summary>The entries of a range as runs of the same hub; stops after so many runs, or entries.</summary>
    public IReadOnlyList<HubRun> ReadRuns(OffsetRange range, int maxRuns, int maxEntries)
    {
        using var command = Command("SELECT offset, hub FROM entries WHERE offset BETWEEN $first AND $last ORDER BY offset LIMIT $limit", "$first", "$last", "$limit");
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

    private static IEnumerable<OffsetRange> Ranges(SqliteCommand command)
    {
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return new OffsetRange(reader.GetInt64(0), reader.GetInt64(1));
        }
    }

    /// <summary>The value of a key: the one in the file, else <paramref name="value"/>, which is written.</summary>
    private string Claim(string key, string value, Func<string, string>? complaint)
    {
        using var insert = Command("INSERT INTO meta (key, value) VALUES ($key, $value) ON CONFLICT DO NOTHING", "$key", "$value");
        Set(insert, key, value);
        insert.ExecuteNonQuery();
        using var select = Command("SELECT value FROM meta WHERE key = $key", "$key");
        Set(select, key);
        var found = (string)select.ExecuteScalar()!;
        return complaint is null || found == value ? found : throw new JournalException(complaint(found));
    }

    private long Scalar(string sql)
    {
        using var command = Command(sql);
        return command.ExecuteScalar() as long? ?? 0;
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<string> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = parameter });
        }

        return command;
    }

    private static void Set(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
