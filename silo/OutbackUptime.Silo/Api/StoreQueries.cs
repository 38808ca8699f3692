using System.Data.Common;
using Microsoft.Extensions.Options;
using OutbackUptime.ClickHouse.Querying;
using OutbackUptime.Silo.Hosting;

namespace OutbackUptime.Silo.Api;

/// <summary>Reads this region's store, another region's when that is down.</summary>
internal sealed class StoreQueries(StoreReaders stores, IOptions<SiloHostOptions> silo)
{
    /// <summary>All regions' stores.</summary>
    public StoreReaders Stores => stores;

    public Task<IReadOnlyList<T>> ReadAsync<T>(string sql, Func<DbDataReader, T> map, CancellationToken cancellationToken, params (string Name, object Value)[] parameters) =>
        stores.QueryAsync(silo.Value.Region, sql, Collect(parameters), map, cancellationToken);

    /// <summary>Own region first.</summary>
    public IEnumerable<IStoreReader> Ordered => stores.Ordered(silo.Value.Region);

    public static Dictionary<string, object> Collect(params (string Name, object Value)[] parameters) =>
        parameters.ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);
}
