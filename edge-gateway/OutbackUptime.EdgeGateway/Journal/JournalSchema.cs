using System.Globalization;
using Microsoft.Data.Sqlite;
using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>
/// The tables. Version 2 has a checksum in each row (but for counts that nothing hangs on), and <c>gone</c>: the offsets whose entries were deleted on purpose, so that
/// an offset which is neither kept nor gone was lost. Version 3 has the log of arrivals in front of the hubs' rings.
/// </summary>
internal static class JournalSchema
{
    private const int Version = 3;

    private const string Tables = """
        CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL, crc INTEGER) WITHOUT ROWID;
        CREATE TABLE entries (
            offset INTEGER PRIMARY KEY AUTOINCREMENT, kind INTEGER NOT NULL, hub TEXT NOT NULL, boot INTEGER NOT NULL, boot_assigned INTEGER NOT NULL,
            seq INTEGER NOT NULL, received_us INTEGER NOT NULL, payload BLOB NOT NULL, topic TEXT NOT NULL, reason_code TEXT NOT NULL, reason TEXT NOT NULL,
            event_us INTEGER NOT NULL DEFAULT 0, identity INTEGER NOT NULL DEFAULT 0, crc INTEGER);
        CREATE TABLE committed (region TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, crc INTEGER, PRIMARY KEY (region, first)) WITHOUT ROWID;
        CREATE TABLE gone (first INTEGER PRIMARY KEY, last INTEGER NOT NULL, crc INTEGER) WITHOUT ROWID;
        CREATE TABLE hubs (hub TEXT PRIMARY KEY, boot INTEGER NOT NULL, highest INTEGER NOT NULL, open INTEGER NOT NULL, members INTEGER NOT NULL DEFAULT 0, crc INTEGER) WITHOUT ROWID;
        CREATE TABLE recent (hub TEXT NOT NULL, slot INTEGER NOT NULL, boot INTEGER NOT NULL, seq INTEGER NOT NULL, hash INTEGER NOT NULL, offset INTEGER NOT NULL DEFAULT 0, crc INTEGER, PRIMARY KEY (hub, slot)) WITHOUT ROWID;

        """ + HubStateTables.Tables + JournalDatabase.ArrivalsTable + JournalDatabase.SilencedTable + JournalDatabase.OverflowTables;

    // Compile only if the tables are as they were made: a flipped bit in a column's name shows here, not later. One by one, for
    // of statements behind one that gives rows no error is heard.
    private static readonly string[] s_probes =
    [
        "SELECT offset, kind, hub, boot, boot_assigned, seq, received_us, payload, topic, reason_code, reason, event_us, identity, crc FROM entries LIMIT 0",
        "SELECT region, first, last, crc FROM committed LIMIT 0",
        "SELECT first, last, crc FROM gone LIMIT 0",
        "SELECT hub, boot, highest, open, members, crc FROM hubs LIMIT 0",
        "SELECT hub, slot, boot, seq, hash, offset, crc FROM recent LIMIT 0",
        "SELECT offset, hub, boot, seq, hash, crc FROM arrivals LIMIT 0",
        "SELECT name, seq FROM sqlite_sequence LIMIT 0",
        "SELECT hub, boot, crc FROM wrapped LIMIT 0",
        "SELECT hub, boot, offset_us, seq, claim_us, crc FROM clocks LIMIT 0",
        "SELECT hub, first_boot, last_boot, crc FROM silenced LIMIT 0",
        "SELECT cause, packets FROM given_up LIMIT 0",
        "SELECT hour, entries, bytes FROM hours LIMIT 0",
    ];

    // The checksums of old entries are not made up: nobody knows what they should be.
    private const string FromVersion1 = """
        ALTER TABLE meta ADD COLUMN crc INTEGER;
        ALTER TABLE entries ADD COLUMN identity INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE entries ADD COLUMN crc INTEGER;
        ALTER TABLE committed ADD COLUMN crc INTEGER;
        ALTER TABLE hubs ADD COLUMN members INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE hubs ADD COLUMN crc INTEGER;
        ALTER TABLE recent ADD COLUMN offset INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE recent ADD COLUMN crc INTEGER;
        CREATE TABLE gone (first INTEGER PRIMARY KEY, last INTEGER NOT NULL, crc INTEGER) WITHOUT ROWID;

        """ + JournalDatabase.ArrivalsTable + JournalDatabase.SilencedTable + JournalDatabase.OverflowTables;

    /// <summary>
    /// Makes the tables in an empty file, upgrades those of versions 1 and 2, and reads whose journal it is. All or nothing.
    /// </summary>
    /// <param name="connection">The file.</param>
    /// <param name="born">What to write into an empty file; its station must be that of any other.</param>
    /// <param name="path">For messages.</param>
    /// <param name="mayMake">False where a file without tables is one that has lost them.</param>
    public static JournalIdentity Prepare(SqliteConnection connection, JournalIdentity born, string path, bool mayMake)
    {
        var tables = Strings(connection, "SELECT name FROM sqlite_schema WHERE type = 'table'");
        if (tables.Count == 0)
        {
            return mayMake ? Create(connection, born) : throw new JournalDamagedException("all of its tables are missing");
        }

        return Strings(connection, "SELECT name FROM pragma_table_info('meta')") switch
        {
            { Count: 0 } => throw new JournalDamagedException("the table of keys is missing"),
            var columns when columns.Contains("crc") => Load(connection, born, path),
            _ => Upgrade(connection, born, path),
        };
    }

    /// <summary>Writes a key.</summary>
    public static void Set(SqliteConnection connection, SqliteTransaction? transaction, string key, string value)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "INSERT OR REPLACE INTO meta (key, value, crc) VALUES ($key, $value, $crc)";
        command.Parameters.AddWithValue("$key", key);
        command.Parameters.AddWithValue("$value", value);
        command.Parameters.AddWithValue("$crc", RowChecksum.OfMeta(key, value));
        command.ExecuteNonQuery();
    }

    private static JournalIdentity Create(SqliteConnection connection, JournalIdentity born)
    {
        using var transaction = connection.BeginTransaction();
        Execute(connection, transaction, Tables);
        Write(connection, transaction, born);
        transaction.Commit();
        return born;
    }

    private static void Write(SqliteConnection connection, SqliteTransaction transaction, JournalIdentity identity)
    {
        Set(connection, transaction, "schema", Text(Version));
        Set(connection, transaction, "station", identity.Station);
        Set(connection, transaction, "epoch", identity.Epoch.ToString());
        Set(connection, transaction, "checked_from", Text(identity.CheckedFrom));
        Set(connection, transaction, "boot_floor", Text(identity.BootFloor));
    }

    private static JournalIdentity Load(SqliteConnection connection, JournalIdentity born, string path)
    {
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "SELECT key, value, crc FROM meta";
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                if (reader.GetValue(0) is string key && reader.GetValue(1) is string value && reader.GetValue(2) is long crc && crc == RowChecksum.OfMeta(key, value))
                {
                    keys[key] = value;
                }
            }
        }

        string Key(string key) => keys.GetValueOrDefault(key) ?? throw new JournalDamagedException($"its key '{key}' can't be read");
        var schema = Key("schema");
        if (schema is not "2" && schema != Text(Version))
        {
            throw new JournalException($"The journal {path} has schema {schema}; this program knows {Version}. Run the program that made it, or a newer one.");
        }

        CheckStation(Key("station"), born, path);
        if (schema == "2")
        {
            // The rings stay as they are.
            using var transaction = connection.BeginTransaction();
            Execute(connection, transaction, JournalDatabase.ArrivalsTable);
            Set(connection, transaction, "schema", Text(Version));
            transaction.Commit();
        }

        Array.ForEach(s_probes, sql => Execute(connection, null, sql));
        return new JournalIdentity(born.Station, Guid.Parse(Key("epoch")), Number(Key("checked_from")), Number(Key("boot_floor")));
    }

    private static JournalIdentity Upgrade(SqliteConnection connection, JournalIdentity born, string path)
    {
        using var transaction = connection.BeginTransaction();
        string Old(string key) => Strings(connection, $"SELECT value FROM meta WHERE key = '{key}'", transaction) is [var value]
            ? value
            : throw new JournalDamagedException($"its key '{key}' can't be read");
        CheckStation(Old("station"), born, path);
        if (!Guid.TryParse(Old("epoch"), out var epoch))
        {
            throw new JournalDamagedException("its epoch can't be read");
        }

        // Later programs of version 1 had some of these.
        if (!Strings(connection, "SELECT name FROM pragma_table_info('entries')", transaction).Contains("event_us"))
        {
            Execute(connection, transaction, "ALTER TABLE entries ADD COLUMN event_us INTEGER NOT NULL DEFAULT 0");
        }

        Execute(connection, transaction, FromVersion1);
        HubStateTables.Upgrade(connection, transaction);
        var database = new JournalDatabase(connection);
        var next = database.NextOffset;
        database.Rewrite(transaction, new OffsetRange(1, next - 1));
        database.Detach();
        var identity = new JournalIdentity(born.Station, epoch, next, 0);
        Write(connection, transaction, identity);
        transaction.Commit();
        return identity;
    }

    private static void CheckStation(string found, JournalIdentity born, string path)
    {
        if (found != born.Station)
        {
            throw new JournalException($"The journal {path} belongs to station '{found}', not to '{born.Station}'. Use its own data directory for each station.");
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static List<string> Strings(SqliteConnection connection, string sql, SqliteTransaction? transaction = null)
    {
        using var command = Command(connection, transaction, sql);
        using var reader = command.ExecuteReader();
        List<string> values = [];
        while (reader.Read())
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }

    private static void Execute(SqliteConnection connection, SqliteTransaction? transaction, string sql)
    {
        using var command = Command(connection, transaction, sql);
        command.ExecuteNonQuery();
    }

    private static SqliteCommand Command(SqliteConnection connection, SqliteTransaction? transaction, string sql)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
