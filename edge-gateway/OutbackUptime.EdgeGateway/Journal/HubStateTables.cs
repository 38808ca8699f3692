using Microsoft.Data.Sqlite;
using OutbackUptime.Domain.Boots;
using OutbackUptime.Domain.Clocks;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>
/// What the journal's file keeps of hubs beside their recent packets: boots that wrapped, and wrong clocks. Rows change
/// seldom.
/// </summary>
internal static class HubStateTables
{
    /// <summary>The tables.</summary>
    public const string Tables = """
        CREATE TABLE wrapped (hub TEXT PRIMARY KEY, boot INTEGER NOT NULL, crc INTEGER) WITHOUT ROWID;
        CREATE TABLE clocks (hub TEXT PRIMARY KEY, boot INTEGER NOT NULL, offset_us INTEGER NOT NULL, seq INTEGER NOT NULL, claim_us INTEGER NOT NULL, crc INTEGER) WITHOUT ROWID;

        """;

    /// <summary>Takes over what a version 1 file may have: boots that wrapped. Clocks are learned again.</summary>
    public static void Upgrade(SqliteConnection connection, SqliteTransaction transaction)
    {
        List<(string Hub, long Boot)> wrapped = [];
        if (Read(connection, transaction, "SELECT count(*) FROM sqlite_schema WHERE name = $0", "wrapped") is [1L])
        {
            using var command = Command(connection, transaction, "SELECT hub, boot FROM wrapped");
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                wrapped.Add((reader.GetString(0), reader.GetInt64(1)));
            }
        }

        Execute(connection, transaction, "DROP TABLE IF EXISTS wrapped; DROP TABLE IF EXISTS clocks;" + Tables);
        wrapped.ForEach(w => SaveWrapped(connection, w.Hub, w.Boot, transaction));
    }

    /// <summary>Keeps a hub's own boot that wrapped.</summary>
    public static void SaveWrapped(SqliteConnection connection, string hub, long boot, SqliteTransaction transaction) =>
        Execute(connection, transaction, "INSERT INTO wrapped (hub, boot, crc) VALUES ($0, $1, $2) ON CONFLICT (hub) DO UPDATE SET boot = $1, crc = $2", hub, boot, RowChecksum.OfWrapped(hub, boot));

    /// <summary>A hub's own boot that wrapped, if any; <see cref="HubBoots.UnknownWrap"/> when the row is damaged.</summary>
    public static long? LoadWrapped(SqliteConnection connection, string hub, SqliteTransaction transaction) =>
        Read(connection, transaction, "SELECT boot, crc FROM wrapped WHERE hub = $0", hub) switch
        {
            [] => null,
            [long boot, long crc] when crc == RowChecksum.OfWrapped(hub, boot) => boot,
            _ => HubBoots.UnknownWrap,
        };

    /// <summary>Keeps a hub's offset.</summary>
    public static void SaveClock(SqliteConnection connection, string hub, ClockOffset clock, SqliteTransaction transaction)
    {
        var (offset, claim) = (clock.Offset.Ticks / TimeSpan.TicksPerMicrosecond, JournalTime.ToMicroseconds(clock.Claim));
        Execute(
            connection,
            transaction,
            "INSERT INTO clocks (hub, boot, offset_us, seq, claim_us, crc) VALUES ($0, $1, $2, $3, $4, $5) ON CONFLICT (hub) DO UPDATE SET boot = $1, offset_us = $2, seq = $3, claim_us = $4, crc = $5",
            hub, clock.Boot, offset, clock.Seq, claim, RowChecksum.OfClock(hub, clock.Boot, offset, clock.Seq, claim));
    }

    /// <summary>A hub's offset, if any that can be read.</summary>
    public static ClockOffset? LoadClock(SqliteConnection connection, string hub, SqliteTransaction transaction) =>
        Read(connection, transaction, "SELECT boot, offset_us, seq, claim_us, crc FROM clocks WHERE hub = $0", hub) is [long boot, long offset, long seq, long claim, long crc] && crc == RowChecksum.OfClock(hub, boot, offset, seq, claim)
            ? new ClockOffset(boot, TimeSpan.FromMicroseconds(offset), seq, JournalTime.FromMicroseconds(claim))
            : null;

    private static void Execute(SqliteConnection connection, SqliteTransaction? transaction, string sql, params ReadOnlySpan<object> values)
    {
        using var command = Command(connection, transaction, sql, values);
        command.ExecuteNonQuery();
    }

    private static object[] Read(SqliteConnection connection, SqliteTransaction? transaction, string sql, string hub)
    {
        using var command = Command(connection, transaction, sql, hub);
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
