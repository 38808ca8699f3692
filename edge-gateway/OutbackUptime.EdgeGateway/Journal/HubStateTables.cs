using Microsoft.Data.Sqlite;
using OutbackUptime.Domain.Clocks;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>
/// What the journal's file keeps of hubs beside their recent packets: boots that wrapped, and wrong clocks. Rows change
/// seldom. Made when they are missing, so that a file of an earlier version is taken as it is.
/// </summary>
internal static class HubStateTables
{
    /// <summary>Makes what is missing.</summary>
    public static void Create(SqliteConnection connection)
    {
        Execute(connection, null, """
            CREATE TABLE IF NOT EXISTS wrapped (hub TEXT PRIMARY KEY, boot INTEGER NOT NULL) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS clocks (hub TEXT PRIMARY KEY, boot INTEGER NOT NULL, offset_us INTEGER NOT NULL, seq INTEGER NOT NULL, claim_us INTEGER NOT NULL) WITHOUT ROWID;
            """);
        if (Read(connection, null, "SELECT count(*) FROM pragma_table_info('entries') WHERE name = 'event_us'", null) is [0L])
        {
            Execute(connection, null, "ALTER TABLE entries ADD COLUMN event_us INTEGER NOT NULL DEFAULT 0");
        }
    }

    /// <summary>Keeps a hub's own boot that wrapped.</summary>
    public static void SaveWrapped(SqliteConnection connection, string hub, long boot, SqliteTransaction transaction) =>
        Execute(connection, transaction, "INSERT INTO wrapped (hub, boot) VALUES ($0, $1) ON CONFLICT (hub) DO UPDATE SET boot = $1", hub, boot);

    /// <summary>A hub's own boot that wrapped, if any.</summary>
    public static long? LoadWrapped(SqliteConnection connection, string hub, SqliteTransaction transaction) =>
        Read(connection, transaction, "SELECT boot FROM wrapped WHERE hub = $0", hub) is [long boot] ? boot : null;

    /// <summary>Keeps a hub's offset.</summary>
    public static void SaveClock(SqliteConnection connection, string hub, ClockOffset clock, SqliteTransaction transaction) =>
        Execute(
            connection,
            transaction,
            "INSERT INTO clocks (hub, boot, offset_us, seq, claim_us) VALUES ($0, $1, $2, $3, $4) ON CONFLICT (hub) DO UPDATE SET boot = $1, offset_us = $2, seq = $3, claim_us = $4",
            hub, clock.Boot, clock.Offset.Ticks / TimeSpan.TicksPerMicrosecond, clock.Seq, JournalTime.ToMicroseconds(clock.Claim));

    /// <summary>A hub's offset, if any.</summary>
    public static ClockOffset? LoadClock(SqliteConnection connection, string hub, SqliteTransaction transaction) =>
        Read(connection, transaction, "SELECT boot, offset_us, seq, claim_us FROM clocks WHERE hub = $0", hub) is [long boot, long offset, long seq, long claim]
            ? new ClockOffset(boot, TimeSpan.FromMicroseconds(offset), seq, JournalTime.FromMicroseconds(claim))
            : null;

    private static void Execute(SqliteConnection connection, SqliteTransaction? transaction, string sql, params ReadOnlySpan<object> values)
    {
        using var command = Command(connection, transaction, sql, values);
        command.ExecuteNonQuery();
    }

    private static object[] Read(SqliteConnection connection, SqliteTransaction? transaction, string sql, string? hub)
    {
        using var command = hub is null ? Command(connection, transaction, sql) : Command(connection, transaction, sql, hub);
        using var reader = command.ExecuteReader();
        if (!reader.Read())
        {
            return [];
        }

        var row = new object[reader.FieldCount];
        reader.GetValues(row);
        return row;
    }

    private static SqliteCommand Command(SqliteConnection connection, SqliteTransaction? transaction, string sql, params ReadOnlySpan<object> values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Transaction = transaction;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}", Value = values[i] });
        }

        return command;
    }
}
