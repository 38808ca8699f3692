using ClickHouse.Driver;
using ClickHouse.Driver.ADO.Parameters;
using ClickHouse.Driver.Utility;

namespace OutbackUptime.ClickHouse.Schema;

/// <summary>
/// Brings a store's schema up to date. Any number of silos may do it at once: each statement is idempotent, and a step is
/// noted after it was applied.
/// </summary>
/// <param name="client">Of the store.</param>
/// <param name="database">Made with the Atomic engine if it isn't there.</param>
/// <param name="tiering">Where old parts go, if anywhere.</param>
internal sealed class Migrator(ClickHouseClient client, string database, TieringOptions tiering)
{
    /// <summary>Applies what is missing. Throws <see cref="SchemaMismatchException"/> when an applied step was edited since.</summary>
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync($"CREATE DATABASE IF NOT EXISTS {database} ENGINE = Atomic", inDatabase: false, cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(
            "CREATE TABLE IF NOT EXISTS schema_migrations (name String, checksum String, applied_at DateTime DEFAULT now()) ENGINE = ReplacingMergeTree ORDER BY name SETTINGS fsync_after_insert = 1, fsync_part_directory = 1",
            inDatabase: true,
            cancellationToken).ConfigureAwait(false);

        foreach (var migration in await MissingAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var statement in migration.Statements)
            {
                await ExecuteAsync(statement, inDatabase: true, cancellationToken).ConfigureAwait(false);
            }

            await NoteAsync(migration, cancellationToken).ConfigureAwait(false);
        }

        if (tiering.ColdAfterDays > 0)
        {
            await ExecuteAsync(
                $"ALTER TABLE readings MODIFY SETTING storage_policy = '{tiering.StoragePolicy}'", inDatabase: true, cancellationToken).ConfigureAwait(false);
            await ExecuteAsync(
                $"ALTER TABLE readings MODIFY TTL toDateTime(received_at) + INTERVAL {tiering.ColdAfterDays} DAY TO VOLUME '{tiering.ColdVolume}'",
                inDatabase: true,
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What <see cref="ApplyAsync"/> would apply. Changes nothing.</summary>
    public async Task<IReadOnlyList<Migration>> PlanAsync(CancellationToken cancellationToken)
    {
        var exists = await client.ExecuteScalarAsync(
            $"SELECT count() FROM system.tables WHERE database = '{database}' AND name = 'schema_migrations'", null, new QueryOptions { Database = "system" }, cancellationToken).ConfigureAwait(false);
        return Convert.ToInt64(exists) == 0 ? Migration.All : await MissingAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<Migration>> MissingAsync(CancellationToken cancellationToken)
    {
        var applied = new Dictionary<string, string>(StringComparer.Ordinal);
        await using (var reader = await client.ExecuteReaderAsync("SELECT name, checksum FROM schema_migrations FINAL", null, new QueryOptions { Database = database }, cancellationToken).ConfigureAwait(false))
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                applied[reader.GetString(0)] = reader.GetString(1);
            }
        }

        foreach (var migration in Migration.All)
        {
            if (applied.TryGetValue(migration.Name, out var checksum) && checksum != migration.Checksum)
            {
                throw new SchemaMismatchException(
                    $"Schema step {migration.Name} was applied with checksum {checksum} and is {migration.Checksum} now. An applied step must not be edited: put the change into a new numbered file.");
            }
        }

        return [.. Migration.All.Where(m => !applied.ContainsKey(m.Name))];
    }

    private async Task NoteAsync(Migration migration, CancellationToken cancellationToken)
    {
        var parameters = new ClickHouseParameterCollection();
        parameters.AddParameter("name", migration.Name);
        parameters.AddParameter("checksum", migration.Checksum);
        await client.ExecuteNonQueryAsync(
            "INSERT INTO schema_migrations (name, checksum) SELECT {name:String}, {checksum:String}", parameters, new QueryOptions { Database = database }, cancellationToken).ConfigureAwait(false);
    }

    // A database that isn't there yet can't be the connection's: the first statement runs in `system`.
    private Task ExecuteAsync(string sql, bool inDatabase, CancellationToken cancellationToken) =>
        client.ExecuteNonQueryAsync(sql, null, new QueryOptions { Database = inDatabase ? database : "system" }, cancellationToken);
}
