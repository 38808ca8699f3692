using System.Text;
using OutbackUptime.EmbeddedClickHouse.Engine;

namespace OutbackUptime.EmbeddedClickHouse.Http;

/// <summary>Runs a statement on a connection with its database and settings, and leaves the connection as it was.</summary>
internal static class StatementRunner
{
    private static readonly string[] s_reading = ["SELECT", "WITH", "SHOW", "DESCRIBE", "DESC", "EXISTS", "EXPLAIN", "CHECK", "("];

    public static QueryResult Run(EngineConnection connection, Statement statement)
    {
        if (InsertSplitter.TrySplit(statement.Sql, out var head, out var format, out var dataStart))
        {
            return statement.ReadOnly
                ? throw Readonly()
                : With(connection, statement, () => connection.Insert(head, format, statement.Sql.AsSpan(dataStart)));
        }

        var sql = Encoding.UTF8.GetString(statement.Sql);
        if (statement.ReadOnly && !s_reading.Any(w => sql.AsSpan().TrimStart().StartsWith(w, StringComparison.OrdinalIgnoreCase)))
        {
            throw Readonly();
        }

        return With(connection, statement, () => connection.Query(sql, statement.Format, statement.Parameters));
    }

    private static QueryResult With(EngineConnection connection, Statement statement, Func<QueryResult> run)
    {
        try
        {
            if (statement.Database is { } database)
            {
                Execute(connection, $"USE `{database.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal)}`");
            }

            if (statement.Settings.Count > 0)
            {
                Execute(connection, "SET " + string.Join(", ", statement.Settings.Select(s => $"{s.Key} = {Quote(s.Value)}")));
            }

            return run();
        }
        finally
        {
            if (statement.Settings.Count > 0)
            {
                foreach (var (name, _) in statement.Settings)
                {
                    Reset(connection, $"SET {name} = DEFAULT");
                }
            }

            if (statement.Database is not null)
            {
                Reset(connection, "USE default");
            }
        }
    }

    private static void Reset(EngineConnection connection, string sql)
    {
        try
        {
            Execute(connection, sql);
        }
        catch (QueryFailedException)
        {
            // A setting that the engine refused to set can't be reset either; the caller got that refusal.
        }
    }

    private static void Execute(EngineConnection connection, string sql) => connection.Query(sql, "", []);

    private static string Quote(string value) =>
        "'" + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal) + "'";

    private static QueryFailedException Readonly() =>
        new("Code: 164. DB::Exception: Cannot execute query in readonly mode: for a statement that changes something use POST. (READONLY)");
}
