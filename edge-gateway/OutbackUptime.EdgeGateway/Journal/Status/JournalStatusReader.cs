using Microsoft.Data.Sqlite;
using OutbackUptime.Domain.Losses;
using OutbackUptime.Domain.Overflow;

namespace OutbackUptime.EdgeGateway.Journal.Status;

/// <summary>Reads a journal's file, also beside a gateway that runs. Writes nothing.</summary>
internal sealed class JournalStatusReader(string path, JournalOptions options)
{
    /// <summary>Reads it. Throws <see cref="JournalException"/> when there is none or it can't be read.</summary>
    public JournalStatus Read(DateTimeOffset now)
    {
        if (!File.Exists(path))
        {
            throw new JournalException($"There is no journal {path}. Gateway:DataDirectory names its folder, e.g. Gateway__DataDirectory=/var/lib/outback.");
        }

        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
            connection.Open();
            return Read(connection, now);
        }
        catch (SqliteException e)
        {
            throw new JournalException($"The journal {path} can't be read: {e.Message}", e);
        }
    }

    private JournalStatus Read(SqliteConnection connection, DateTimeOffset now)
    {
        var entries = Number(connection, "SELECT count(*) FROM entries");
        var used = (Number(connection, "PRAGMA page_count") - Number(connection, "PRAGMA freelist_count")) * Number(connection, "PRAGMA page_size");
        var oldest = Rows(connection, "SELECT received_us FROM entries ORDER BY offset LIMIT 1", r => JournalTime.FromMicroseconds(r.GetInt64(0)));
        var hours = Rows(connection, "SELECT hour, entries, bytes FROM hours ORDER BY hour", r => new HourCount(r.GetInt64(0), r.GetInt64(1), r.GetInt64(2)));
        var budget = new DarkBudget(JournalSize.EntryOverhead);
        // The hour that runs is not in the file: the rate is that of the last day up to its beginning.
        var until = hours.Count > 0 ? DateTimeOffset.UnixEpoch.AddHours(hours[^1].Hour + 1) : now;
        budget.Restore(hours, until);
        return new JournalStatus(
            path,
            Text(connection, "SELECT value FROM meta WHERE key = 'station'"),
            Text(connection, "SELECT value FROM meta WHERE key = 'epoch'"),
            entries,
            used,
            oldest.Count > 0 ? oldest[0] : null,
            budget.EntriesPerDay(until),
            budget.DaysLeft(until, options.Limits.HighBytes - used, used, entries),
            GivenUp(connection));
    }

    private static Dictionary<LossCause, long> GivenUp(SqliteConnection connection) =>
        Rows(connection, "SELECT cause, packets FROM given_up", r => (Cause: (LossCause)r.GetInt64(0), Packets: r.GetInt64(1))).ToDictionary(c => c.Cause, c => c.Packets);

    private static long Number(SqliteConnection connection, string sql) => Rows(connection, sql, r => r.GetInt64(0)) is [var number, ..] ? number : 0;

    private static string Text(SqliteConnection connection, string sql) => Rows(connection, sql, r => r.GetString(0)) is [var text, ..] ? text : "";

    private static List<T> Rows<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> row)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
        {
            rows.Add(row(reader));
        }

        return rows;
    }
}
