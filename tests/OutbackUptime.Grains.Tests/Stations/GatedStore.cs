using System.Collections.Concurrent;
using OutbackUptime.Grains.Stores;

namespace OutbackUptime.Grains.Tests.Stations;

/// <summary>A store in memory whose writes end as the test says.</summary>
internal sealed class GatedStore(string region) : IRegionStore
{
    private readonly ConcurrentDictionary<(string Station, string Hub, long Boot, long Seq), ulong> _rows = new();

    /// <summary>What a write does before it commits; null commits at once.</summary>
    public Func<StoreBatch, Task<StoreCommit>>? Gate { get; set; }

    /// <summary>What a recovery does first.</summary>
    public Func<Task>? ReadGate { get; set; }

    public ConcurrentQueue<StoreBatch> Batches { get; } = new();

    public ConcurrentQueue<QuarantineRow> Quarantined { get; } = new();

    public string Region => region;

    public bool IsAvailable => true;

    public bool Holds(string station, ReadingRow row) => _rows.TryGetValue((station, row.Hub, row.Boot, row.Seq), out var hash) && hash == row.PayloadHash;

    public async ValueTask<StoreCommit> WriteAsync(StoreBatch batch)
    {
        Batches.Enqueue(batch);
        var commit = Gate is { } gate ? await gate(batch) : StoreCommit.Done;
        if (commit.Committed)
        {
            Keep(batch);
        }

        return commit;
    }

    public void Keep(StoreBatch batch)
    {
        foreach (var row in batch.Readings)
        {
            _rows.TryAdd((batch.Station, row.Hub, row.Boot, row.Seq), row.PayloadHash);
        }

        foreach (var row in batch.Quarantined)
        {
            Quarantined.Enqueue(row);
        }
    }

    public async Task<IReadOnlyList<CommittedKey>> ReadRecentKeysAsync(string station, int perBoot, CancellationToken cancellationToken)
    {
        if (ReadGate is { } gate)
        {
            await gate();
        }

        return [.. _rows.Where(r => r.Key.Station == station).Select(r => new CommittedKey(r.Key.Hub, r.Key.Boot, r.Key.Seq, r.Value))];
    }
}
