using System.Data.Common;

namespace OutbackUptime.ClickHouse.Querying;

/// <summary>The stores of all regions, for reading.</summary>
/// <param name="all">In the order of the regions' names.</param>
public sealed class StoreReaders(IReadOnlyList<IStoreReader> all)
{
    /// <summary>All of them.</summary>
    public IReadOnlyList<IStoreReader> All { get; } = all;

    /// <summary>Reads from the store of <paramref name="region"/>, or from another one when it gives no answer.</summary>
    public Task<IReadOnlyList<T>> QueryAsync<T>(
        string region, string sql, IReadOnlyDictionary<string, object> parameters, Func<DbDataReader, T> map, CancellationToken cancellationToken) =>
        FirstAsync(region, store => store.QueryAsync(sql, parameters, map, cancellationToken));

    /// <summary>Asks the stores one after the other, own region first and those that are down last, until one answers.</summary>
    public async Task<T> FirstAsync<T>(string region, Func<IStoreReader, Task<T>> read)
    {
        StoreUnreadableException? failed = null;
        foreach (var store in Ordered(region))
        {
            try
            {
                return await read(store).ConfigureAwait(false);
            }
            catch (StoreUnreadableException e)
            {
                failed ??= e;
            }
        }

        throw failed ?? new StoreUnreadableException(region, "no store is configured");
    }

    /// <summary>Own region first, those that are down last.</summary>
    public IEnumerable<IStoreReader> Ordered(string region) => All.OrderBy(s => !s.IsAvailable).ThenBy(s => s.Region != region);
}
