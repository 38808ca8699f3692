using OutbackUptime.Grains.Watch;

namespace OutbackUptime.ClickHouse.Watch;

/// <summary>Rows on their way into a store, and the answer that their sender waits for.</summary>
internal sealed class PendingRows(WatchRows rows)
{
    private readonly TaskCompletionSource<bool> _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WatchRows Rows => rows;

    public Task<bool> Written => _written.Task;

    public void Complete(bool written) => _written.TrySetResult(written);
}
