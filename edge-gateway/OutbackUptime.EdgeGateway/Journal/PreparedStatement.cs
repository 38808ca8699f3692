using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>
/// A statement that is prepared once and bound by place, for what each packet costs: SqliteCommand looks parameters up by name and
/// boxes their values each time. Throws <see cref="SqliteException"/> as it does.
/// </summary>
internal sealed class PreparedStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private byte[] _text = new byte[256];
    private int _next;

    public PreparedStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        var result = raw.sqlite3_prepare_v2(_database, sql, out _statement);
        if (result != raw.SQLITE_OK)
        {
            throw Error(result);
        }
    }

    /// <summary>The value of the next parameter.</summary>
    public PreparedStatement Bind(long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, ++_next, value));
        return this;
    }

    /// <inheritdoc cref="Bind(long)"/>
    public PreparedStatement Bind(string value)
    {
        if (value.Length == 0)
        {
            // No bytes at all would be NULL.
            Check(raw.sqlite3_bind_text(_statement, ++_next, value));
            return this;
        }

        if (Encoding.UTF8.GetMaxByteCount(value.Length) is var most && most > _text.Length)
        {
            _text = new byte[most];
        }

        Check(raw.sqlite3_bind_text(_statement, ++_next, _text.AsSpan(0, Encoding.UTF8.GetBytes(value, _text))));
        return this;
    }

    /// <inheritdoc cref="Bind(long)"/>
    public PreparedStatement Bind(ReadOnlySpan<byte> value)
    {
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(_statement, ++_next, 0) : raw.sqlite3_bind_blob(_statement, ++_next, value));
        return this;
    }

    /// <summary>Runs it, and makes it ready for the next values.</summary>
    public void Execute()
    {
        _next = 0;
        var result = raw.sqlite3_step(_statement);
        // What a step has met is told again.
        var reset = raw.sqlite3_reset(_statement);
        if (result is not (raw.SQLITE_DONE or raw.SQLITE_ROW))
        {
            throw Error(result);
        }

        Check(reset);
    }

    /// <summary>The first column of its only row; null when there is none, or it is no number.</summary>
    public long? Number()
    {
        _next = 0;
        var result = raw.sqlite3_step(_statement);
        long? value = result == raw.SQLITE_ROW && raw.sqlite3_column_type(_statement, 0) == raw.SQLITE_INTEGER ? raw.sqlite3_column_int64(_statement, 0) : null;
        _ = raw.sqlite3_reset(_statement);
        return result is raw.SQLITE_DONE or raw.SQLITE_ROW ? value : throw Error(result);
    }

    /// <inheritdoc/>
    public void Dispose() => _statement.Dispose();

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            _next = 0;
            throw Error(result);
        }
    }

    private SqliteException Error(int result) =>
        new($"SQLite Error {result}: '{raw.sqlite3_errmsg(_database).utf8_to_string()}'.", result & 0xFF, raw.sqlite3_extended_errcode(_database));
}
