using System.Threading.Channels;
using OutbackUptime.ClickHouse.Writing;
using OutbackUptime.Grains.Stores;

namespace OutbackUptime.ClickHouse.Tests.Writing;

/// <summary>Shows each insert to the test and ends it as the test says.</summary>
internal sealed class FakeInserter : IStoreInserter
{
    private readonly Channel<(IReadOnlyList<StoreBatch> Batches, TaskCompletionSource End)> _inserts = Channel.CreateUnbounded<(IReadOnlyList<StoreBatch>, TaskCompletionSource)>();

    public Channel<DateTimeOffset?> Prepared { get; } = Channel.CreateUnbounded<DateTimeOffset?>();

    public Exception? PrepareFailure { get; set; }

    public async Task InsertAsync(IReadOnlyList<StoreBatch> batches, CancellationToken cancellationToken)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _inserts.Writer.WriteAsync((batches, end), CancellationToken.None);
        await end.Task;
    }

    public Task PrepareAsync(DateTimeOffset? doubtfulSince, CancellationToken cancellationToken)
    {
        Prepared.Writer.TryWrite(doubtfulSince);
        return PrepareFailure is { } e ? Task.FromException(e) : Task.CompletedTask;
    }

    public async Task<(IReadOnlyList<StoreBatch> Batches, TaskCompletionSource End)> NextAsync() =>
        await _inserts.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
}
