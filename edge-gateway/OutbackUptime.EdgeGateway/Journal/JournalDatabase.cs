using System.Diagnostics;
using Microsoft.Data.Sqlite;
using OutbackUptime.Domain.Ranges;
using OutbackUptime.EdgeGateway.Journal.Storage;
using SQLitePCL;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>
/// The journal's SQLite file: WAL with synchronous=FULL, so that a commit that returned survives a power cut. One writer.
/// Throws <see cref="JournalDamagedException"/> or <see cref="SqliteException"/>; callers tell them apart by <see cref="SqliteFaults"/>.
/// </summary>
internal sealed partial class JournalDatabase : IDisposable
{
    private const int BusyMilliseconds = 5000;

    private readonly SqliteConnection _connection;
    private readonly PreparedStatement _nextOffset;
    private readonly PreparedStatement _insertEntry;
    private PreparedStatement? _pageCount;
    private PreparedStatement? _freePages;
    private long _pageSize;
    private long _next;

    /// <summary>On a connection whose tables are there. <see cref="Open"/> is for everybody else.</summary>
    public JournalDatabase(SqliteConnection connection)
    {
        _connection = connection;
        _nextOffset = new PreparedStatement(connection, "SELECT seq FROM sqlite_sequence WHERE name = 'entries'");
        _insertEntry = new PreparedStatement(connection, $"INSERT INTO entries ({JournalRow.Columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    }

    /// <summary>Opens the file, or makes it as <paramref name="born"/> says.</summary>
    /// <param name="path">The file.</param>
    /// <param name="born">Its station must be the file's.</param>
    /// <param name="vfs">SQLite's way to the disk; null for the default one.</param>
    /// <param name="durable">False for a file that is worth nothing until it is whole: no log, no fsync.</param>
    /// <param name="mayMake">False where a file without tables is one that has lost them.</param>
    public static JournalDatabase Open(string path, JournalIdentity born, string? vfs, bool durable = true, bool mayMake = true)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, Vfs = vfs }.ToString());
        try
        {
            connection.Open();
            // Prepared statements do not wait by themselves, as commands do.
            _ = raw.sqlite3_busy_timeout(connection.Handle, BusyMilliseconds);
            // Pages of 1 KiB (a new file's; an old one keeps its own): a commit of one packet touches three, and each goes to the card whole.
            Execute(connection, durable
                ? "PRAGMA page_size = 1024; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -1024; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864; PRAGMA temp_store = MEMORY;"
                : "PRAGMA page_size = 1024; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY;");
            var identity = JournalSchema.Prepare(connection, born, path, mayMake);
            return new JournalDatabase(connection) { Identity = identity };
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_ERROR)
        {
            // The statements are right: it is the tables that are not as they were made.
            Abandon(connection);
            throw new JournalDamagedException(e.Message, e);
        }
        catch
        {
            Abandon(connection);
            throw;
        }
    }

    /// <summary>Whose journal it is.</summary>
    public JournalIdentity Identity { get; private init; } = null!;

    /// <summary>This file's identity.</summary>
    public Guid Epoch => Identity.Epoch;

    /// <summary>The offset that the next entry will get.</summary>
    public long NextOffset => (_nextOffset.Number() ?? 0) + 1;

    /// <summary>Bytes in use, without free pages.</summary>
    public long UsedBytes => (Pragma(ref _pageCount, "PRAGMA page_count") - Pragma(ref _freePages, "PRAGMA freelist_count")) * PageSize;

    /// <summary>Bytes within the file that hold nothing.</summary>
    public long FreeBytes => Pragma(ref _freePages, "PRAGMA freelist_count") * PageSize;

    private long PageSize => _pageSize > 0 ? _pageSize : _pageSize = Scalar("PRAGMA page_size");

    /// <summary>Moves the log into the database, if it can be done, so that the log's space is used again.</summary>
    public void TryCheckpoint()
    {
        try
        {
            Execute(_connection, "PRAGMA wal_checkpoint(RESTART)");
        }
        catch (SqliteException)
        {
            // It is tried on a disk that is in trouble.
        }
    }

    public SqliteTransaction Begin()
    {
        var transaction = _connection.BeginTransaction();
        try
        {
            _next = NextOffset;
            return transaction;
        }
        catch
        {
            transaction.Dispose();
            throw;
        }
    }

    /// <summary>Writes an entry at its offset, or at the next one if it has none (0); returns it as placed.</summary>
    public JournalEntry Insert(JournalEntry entry, SqliteTransaction transaction)
    {
        Debug.Assert(transaction.Connection == _connection, "Entries are written within a transaction of this file.");
        var placed = entry.Offset > 0 ? entry : entry with { Offset = _next };
        _insertEntry.Bind(placed.Offset).Bind((long)placed.Kind).Bind(placed.Hub).Bind(placed.Boot).Bind(placed.BootAssigned ? 1 : 0).Bind(placed.Seq)
            .Bind(JournalTime.ToMicroseconds(placed.ReceivedAt)).Bind(placed.Payload.Span).Bind(placed.Topic).Bind(placed.ReasonCode).Bind(placed.Reason)
            .Bind(JournalRow.EventTime(placed)).Bind(unchecked((long)placed.Identity)).Bind(RowChecksum.OfEntry(placed))
            .Execute();
        _next = Math.Max(_next, placed.Offset + 1);
        return placed;
    }

    /// <summary>Makes <paramref name="next"/> the offset of the next entry.</summary>
    public void SetNextOffset(long next, SqliteTransaction? transaction)
    {
        using var command = Command(
            "DELETE FROM sqlite_sequence WHERE name = 'entries'; INSERT INTO sqlite_sequence (name, seq) VALUES ('entries', $seq)", "$seq");
        command.Transaction = transaction;
        Set(command, next - 1);
        command.ExecuteNonQuery();
        _next = next;
    }

    /// <summary>
    /// SQLite's own check of the file's structure. Throws <see cref="JournalDamagedException"/> if it is not sound. False when
    /// it did not end within <paramref name="limit"/>: what it had seen by then was sound.
    /// </summary>
    public bool QuickCheck(TimeSpan limit, TimeProvider time)
    {
        var started = time.GetTimestamp();
        raw.sqlite3_progress_handler(_connection.Handle, 10_000, _ => time.GetElapsedTime(started) > limit ? 1 : 0, null);
        try
        {
            using var command = Command("PRAGMA quick_check(1)");
            return command.ExecuteScalar() is "ok" ? true : throw new JournalDamagedException("its pages do not fit together");
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            return false;
        }
        finally
        {
            raw.sqlite3_progress_handler(_connection.Handle, 0, null, null);
        }
    }

    /// <summary>Closes a damaged file and leaves it and its log as they are.</summary>
    public void Abandon()
    {
        Detach();
        Abandon(_connection);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Detach();
        _connection.Dispose();
    }

    private static void Abandon(SqliteConnection connection)
    {
        if (connection.Handle is { } handle)
        {
            _ = raw.sqlite3_db_config(handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);
        }

        connection.Dispose();
    }

    /// <summary>Lets go of the connection, which stays open.</summary>
    public void Detach()
    {
        _nextOffset.Dispose();
        _insertEntry.Dispose();
        _pageCount?.Dispose();
        _freePages?.Dispose();
        _upsertRecent?.Dispose();
        _insertArrival?.Dispose();
        _upsertHub?.Dispose();
        _deleteEntries?.Dispose();
        _touchingGone?.Dispose();
        _deleteGone?.Dispose();
        _insertGone?.Dispose();
    }

    private long Pragma(ref PreparedStatement? statement, string sql) => (statement ??= new PreparedStatement(_connection, sql)).Number() ?? 0;

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
