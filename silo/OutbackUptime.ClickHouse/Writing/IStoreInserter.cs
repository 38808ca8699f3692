using OutbackUptime.Grains.Stores;

namespace OutbackUptime.ClickHouse.Writing;

/// <summary>The I/O of a writer; a fake in tests.</summary>
internal interface IStoreInserter
{
    /// <summary>Writes the batches, fsynced when it returns. Throws <see cref="BadRowsException"/> for rows the store won't take, anything else when the store can't be reached.</summary>
    Task InsertAsync(IReadOnlyList<StoreBatch> batches, CancellationToken cancellationToken);

    /// <summary>Makes the store fit to be written: schema, and the roll-ups of what was inserted with unknown outcome since <paramref name="doubtfulSince"/>.</summary>
    Task PrepareAsync(DateTimeOffset? doubtfulSince, CancellationToken cancellationToken);
}
