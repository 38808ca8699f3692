namespace OutbackUptime.Grains.Stores;

/// <summary>One region's store as this silo sees it. Implemented on ClickHouse; a fake in grain tests.</summary>
public interface IRegionStore
{
    /// <summary>The region, e.g. `syd`.</summary>
    string Region { get; }

    /// <summary>False while the breaker is open.</summary>
    bool IsAvailable { get; }

    /// <summary>
    /// Commits a batch together with those of other stations (group commit). Never throws for a store that is down:
    /// answers at once while the breaker is open or the queue is full.
    /// </summary>
    ValueTask<StoreCommit> WriteAsync(StoreBatch batch);

    /// <summary>
    /// The newest keys of a station, at most <paramref name="perBoot"/> per (hub, boot), exact and without duplicates.
    /// Throws when the store can't be read in time.
    /// </summary>
    Task<IReadOnlyList<CommittedKey>> ReadRecentKeysAsync(string station, int perBoot, CancellationToken cancellationToken);
}
