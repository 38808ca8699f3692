using OutbackUptime.ClickHouse.Querying;

namespace OutbackUptime.Silo.Api.Export;

/// <summary>The tables of a store that hold a station's data, found by their columns: a table that is added later is not forgotten.</summary>
internal static class StationTables
{
    /// <summary>Receipts of deletions stay: they hold none of the station's data.</summary>
    private const string Receipts = "deletions";

    /// <summary>Their names, in order.</summary>
    public static Task<IReadOnlyList<string>> NamesAsync(IStoreReader store, CancellationToken cancellationToken) => store.QueryAsync(
        $"SELECT t.name FROM system.tables AS t INNER JOIN system.columns AS c ON c.database = t.database AND c.table = t.name WHERE t.database = currentDatabase() AND c.name = 'station' AND t.engine LIKE '%MergeTree' AND t.name != '{Receipts}' ORDER BY t.name",
        StoreQueries.Collect(), row => row.Text(0), cancellationToken);

    /// <summary>Rows of the station in each, duplicates that wait for a merge included. What waits in the roll-up's buffer is written first.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> CountAsync(IStoreReader store, string station, CancellationToken cancellationToken)
    {
        await store.ExecuteAsync("OPTIMIZE TABLE readings_minute_buffer", StoreQueries.Collect(), cancellationToken).ConfigureAwait(false);
        var names = await NamesAsync(store, cancellationToken).ConfigureAwait(false);
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var rows = await store.QueryAsync($"SELECT count() FROM `{name}` WHERE station = {{station:String}}", StoreQueries.Collect(("station", station)), row => row.Long(0), cancellationToken).ConfigureAwait(false);
            counts[name] = rows[0];
        }

        return counts;
    }
}
