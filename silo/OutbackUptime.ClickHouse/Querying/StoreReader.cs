using System.Data.Common;
using ClickHouse.Driver;
using ClickHouse.Driver.ADO.Parameters;
using ClickHouse.Driver.Utility;
using OutbackUptime.ClickHouse.Writing;

namespace OutbackUptime.ClickHouse.Querying;

/// <summary>Reads by ClickHouse.Driver. Every query is bounded in time, rows and threads, so that a page never costs the ingest its store.</summary>
internal sealed class StoreReader(string region, ClickHouseClient client, string database, StoreWriter writer, TimeSpan timeout, TimeProvider time) : IStoreReader
{
    private const int MaxRows = 200_000;
    private static readonly TimeSpan s_longWork = TimeSpan.FromMinutes(30);

    public string Region => region;

    public bool IsAvailable => writer.IsAvailable;

    public Task<IReadOnlyList<T>> QueryAsync<T>(string sql, IReadOnlyDictionary<string, object> parameters, Func<DbDataReader, T> map, CancellationToken cancellationToken) =>
        GuardAsync<IReadOnlyList<T>>(timeout, async token =>
        {
            var rows = new List<T>();
            await using var reader = await client.ExecuteReaderAsync(sql, Collect(parameters), Options(timeout), token).ConfigureAwait(false);
            while (await reader.ReadAsync(token).ConfigureAwait(false))
            {
                rows.Add(map(reader));
            }

            return rows;
        }, cancellationToken);

    public Task CopyAsync(string sql, Stream target, CancellationToken cancellationToken) =>
        GuardAsync(s_longWork, async token =>
        {
            using var result = await client.ExecuteRawResultAsync(sql, new QueryOptions { Database = database, MaxExecutionTime = s_longWork, CustomSettings = new Dictionary<string, object>(StringComparer.Ordinal) { ["max_threads"] = 2 } }, token).ConfigureAwait(false);
            await using var source = await result.ReadDecompressedStreamAsync().ConfigureAwait(false);
            await source.CopyToAsync(target, token).ConfigureAwait(false);
            return true;
        }, cancellationToken);

    public Task ExecuteAsync(string sql, IReadOnlyDictionary<string, object> parameters, CancellationToken cancellationToken) =>
        GuardAsync(s_longWork, async token =>
        {
            await client.ExecuteNonQueryAsync(sql, Collect(parameters), new QueryOptions { Database = database, MaxExecutionTime = s_longWork }, token).ConfigureAwait(false);
            return true;
        }, cancellationToken);

    private async Task<T> GuardAsync<T>(TimeSpan limit, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var clock = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
        try
        {
            // WaitAsync: a hanging connection must not hold a request, whatever the driver makes of the token.
            return await work(either.Token).WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StoreUnreadableException(region, $"no answer within {limit.TotalSeconds:0.#} s", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is ClickHouseServerException server && IsAboutServer(server)))
        {
            throw new StoreUnreadableException(region, e.Message, e);
        }
    }

    // A store that has no schema yet (60, 81), is overloaded (202, 241) or too slow (159): another one may do better.
    private static bool IsAboutServer(ClickHouseServerException e) => e.ErrorCode is 60 or 81 or 159 or 160 or 202 or 209 or 210 or 241;

    private static ClickHouseParameterCollection Collect(IReadOnlyDictionary<string, object> parameters)
    {
        var collection = new ClickHouseParameterCollection();
        foreach (var (name, value) in parameters)
        {
            collection.AddParameter(name, value);
        }

        return collection;
    }

    private QueryOptions Options(TimeSpan limit) => new()
    {
        Database = database,
        MaxExecutionTime = limit,
        CustomSettings = new Dictionary<string, object>(StringComparer.Ordinal) { ["max_threads"] = 1, ["max_result_rows"] = MaxRows, ["result_overflow_mode"] = "break" },
    };
}
