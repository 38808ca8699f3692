using ClickHouse.Driver;
using OutbackUptime.ClickHouse.Credentials;
using OutbackUptime.ClickHouse.Schema;

namespace OutbackUptime.ClickHouse;

/// <summary>Looks at the stores without changing anything (`--dry-run`).</summary>
public static class StoreCheck
{
    /// <summary>Reaches the store and names the schema steps that a start would apply. Throws what the driver throws when it can't be reached.</summary>
    public static async Task<(string ServerVersion, IReadOnlyList<Migration> Missing)> InspectAsync(RegionStoreOptions options, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        var (client, settings) = StoreClients.Create(options);
        using var disposed = client;
        var version = await client.ExecuteScalarAsync("SELECT version()", null, new QueryOptions { Database = "system" }, limit.Token).ConfigureAwait(false);
        var missing = await new Migrator(client, StoreServices.DatabaseOf(settings), new TieringOptions()).PlanAsync(limit.Token).ConfigureAwait(false);
        return (version?.ToString() ?? "?", missing);
    }
}
