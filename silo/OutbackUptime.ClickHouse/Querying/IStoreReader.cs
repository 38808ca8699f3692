using System.Data.Common;

namespace OutbackUptime.ClickHouse.Querying;

/// <summary>Reads one region's store for people: console, API, export. Beside the writer; never in the ingest path.</summary>
public interface IStoreReader
{
    /// <summary>The region.</summary>
    string Region { get; }

    /// <summary>False while the writer's breaker is open.</summary>
    bool IsAvailable { get; }

    /// <summary>Runs a SELECT with parameters (`{name:Type}`) and maps each row. Throws <see cref="StoreUnreadableException"/> when the store gives no answer in time.</summary>
    Task<IReadOnlyList<T>> QueryAsync<T>(string sql, IReadOnlyDictionary<string, object> parameters, Func<DbDataReader, T> map, CancellationToken cancellationToken);

    /// <summary>Streams a SELECT that ends in a FORMAT to <paramref name="target"/>. Values must stand in the SQL, checked by the caller.</summary>
    Task CopyAsync(string sql, Stream target, CancellationToken cancellationToken);

    /// <summary>Changes something: an audit row, a deletion. Values in parameters.</summary>
    Task ExecuteAsync(string sql, IReadOnlyDictionary<string, object> parameters, CancellationToken cancellationToken);
}
