using Microsoft.Data.Sqlite;
using OutbackUptime.Ledger.Books;

namespace OutbackUptime.Ledger.Journals;

/// <summary>Reads what a gateway's journal still holds. All that the checker knows of the journal's schema is here.</summary>
internal static class JournalReader
{
    private const string StationSql = "SELECT value FROM meta WHERE key = 'station'";
    private const string EpochSql = "SELECT value FROM meta WHERE key = 'epoch'";
    private const string EntriesSql = "SELECT hub, boot, boot_assigned, payload, kind, offset FROM entries ORDER BY offset";

    /// <summary>Enters the entries of <paramref name="path"/> in the books; returns how many there are.</summary>
    public static async Task<long> ReadAsync(string path, LedgerBook book, LossBook losses, CancellationToken cancellationToken)
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
            var station = await MetaAsync(connection, StationSql, cancellationToken).ConfigureAwait(false)
                ?? throw new LedgerException($"The journal {path} doesn't say whose station it is.");
            var epoch = await MetaAsync(connection, EpochSql, cancellationToken).ConfigureAwait(false) ?? "";
            return await EntriesAsync(connection, station, epoch, book, losses, cancellationToken).ConfigureAwait(false);
        }
        catch (SqliteException e)
        {
            throw new LedgerException($"The journal {path} can't be read: {e.Message}", e);
        }
    }

    private static async Task<string?> MetaAsync(SqliteConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as string;
    }

    private static async Task<long> EntriesAsync(SqliteConnection connection, string station, string epoch, LedgerBook book, LossBook losses, CancellationToken cancellationToken)
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
            if (NamedEntries.IsNaming(reader.GetInt64(4)))
            {
                if (NamedEntries.Read(reader.GetInt64(4), station, epoch, reader.GetInt64(5), reader.GetFieldValue<byte[]>(3)) is { } named)
                {
                    losses.Add(named);
                }

                continue;
            }

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
