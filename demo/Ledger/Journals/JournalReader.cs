using Microsoft.Data.Sqlite;
using OutbackUptime.Ledger.Books;

namespace OutbackUptime.Ledger.Journals;

/// <summary>Reads what a gateway's journal still holds. All that the checker knows of the journal's schema is here.</summary>
internal static class JournalReader
{
    private const string StationSql = "SELECT value FROM meta WHERE key = 'station'";
    private const string EntriesSql = "SELECT hub, boot, boot_assigned, payload FROM entries ORDER BY offset";

    /// <summary>Enters the entries of <paramref name="path"/> in the books; returns how many there are.</summary>
    public static async Task<long> ReadAsync(string path, LedgerBook book, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new LedgerException($"There is no journal {path}.");
        }

        // Read only, without pooling: nothing of the checker stays open on a gateway's file.
        var connectionString = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false, DefaultTimeout = 10 }.ToString();
        try
        {
            await using var connection = new SqliteConnection(connectionString);
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            var station = await StationAsync(connection, cancellationToken).ConfigureAwait(false)
                ?? throw new LedgerException($"The journal {path} doesn't say whose station it is.");
            return await EntriesAsync(connection, station, book, cancellationToken).ConfigureAwait(false);
        }
        catch (SqliteException e)
        {
            throw new LedgerException($"The journal {path} can't be read: {e.Message}", e);
        }
    }

    private static async Task<string?> StationAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = StationSql;
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as string;
    }

    private static async Task<long> EntriesAsync(SqliteConnection connection, string station, LedgerBook book, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = EntriesSql;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var content = new ContentHash();
        var entries = 0L;
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (reader.GetString(0) == LedgerInputs.GatewayHub)
            {
                continue;
            }

            entries++;
            if (book.Find(station, reader.GetString(0)) is not { } hub)
            {
                continue;
            }

            var payload = reader.GetFieldValue<byte[]>(3);
            hub.JournaledBad.Add(ContentHash.OfBytes(payload));
            if (PayloadReader.TryRead(payload, content, out var boot, out var seq, out var hash) && hub.Find(boot, seq, hash) is >= 0 and var entry)
            {
                hub.Journaled.Add(entry);
            }
        }

        return entries;
    }
}
