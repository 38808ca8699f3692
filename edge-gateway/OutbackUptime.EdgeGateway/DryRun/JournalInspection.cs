using Microsoft.Data.Sqlite;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.EdgeGateway.Journal.Storage;

namespace OutbackUptime.EdgeGateway.DryRun;

/// <summary>Looks at a journal without writing to it, also beside a gateway that runs.</summary>
internal static class JournalInspection
{
    /// <summary>What is in it. Throws <see cref="JournalException"/> when a gateway could not go on from it.</summary>
    public static string Describe(string path, string station)
    {
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
            connection.Open();
            if (Scalar(connection, "SELECT count(*) FROM sqlite_schema") is 0L)
            {
                return $"{path} is empty and would be filled";
            }

            if (Scalar(connection, "PRAGMA quick_check(1)") is not "ok" and var damage)
            {
                return Salvageable(path, $"{damage}");
            }

            var owner = Scalar(connection, "SELECT value FROM meta WHERE key = 'station'");
            return owner is string other && other != station
                ? throw new JournalException($"The journal {path} belongs to station '{other}', not to '{station}'. Use its own data directory for each station.")
                : $"{path}: {Scalar(connection, "SELECT count(*) FROM entries")} entries wait, epoch {Scalar(connection, "SELECT value FROM meta WHERE key = 'epoch'")}";
        }
        catch (SqliteException e) when (SqliteFaults.Of(e) == StorageTrouble.Damaged)
        {
            return Salvageable(path, e.Message);
        }
        catch (SqliteException e)
        {
            throw new JournalException($"The journal {path} can't be read: {e.Message}", e);
        }
    }

    private static string Salvageable(string path, string damage) =>
        $"{path} is damaged ({damage.ReplaceLineEndings(" ")}); a start salvages it by itself, and needs as much free space as the file takes";

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
