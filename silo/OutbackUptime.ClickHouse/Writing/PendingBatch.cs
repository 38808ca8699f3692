using OutbackUptime.Grains.Stores;

namespace OutbackUptime.ClickHouse.Writing;

/// <summary>A batch that waits for its commit.</summary>
internal sealed class PendingBatch(StoreBatch batch)
{
    private readonly TaskCompletionSource<StoreCommit> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StoreBatch Batch { get; } = batch;

    public Task<StoreCommit> Outcome => _outcome.Task;

    public void Complete(StoreCommit commit) => _outcome.TrySetResult(commit);
}
