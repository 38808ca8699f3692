using OutbackUptime.ClickHouse.Reading;
using OutbackUptime.ClickHouse.Writing;
using OutbackUptime.Grains.Stores;

namespace OutbackUptime.ClickHouse;

/// <summary>One region's ClickHouse.</summary>
internal sealed class RegionStore(StoreWriter writer, RecentKeysReader reader, TimeSpan readTimeout, TimeProvider time) : IRegionStore
{
    /// <inheritdoc/>
    public string Region => writer.Region;

    /// <inheritdoc/>
    public bool IsAvailable => writer.IsAvailable;

    /// <summary>For people.</summary>
    public StoreStatus Status => writer.Status;

    /// <inheritdoc/>
    public ValueTask<StoreCommit> WriteAsync(StoreBatch batch) => writer.WriteAsync(batch);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CommittedKey>> ReadRecentKeysAsync(string station, int perBoot, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(readTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        return await reader.ReadAsync(station, perBoot).WaitAsync(either.Token).ConfigureAwait(false);
    }
}
