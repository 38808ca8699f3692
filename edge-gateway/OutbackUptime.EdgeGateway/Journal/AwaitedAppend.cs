namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>One that somebody awaits.</summary>
internal sealed class AwaitedAppend(IReadOnlyList<IncomingPacket> packets, DateTimeOffset receivedAt) : PendingAppend(packets, receivedAt)
{
    private readonly TaskCompletionSource<IReadOnlyList<AppendResult>> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<IReadOnlyList<AppendResult>> Done => _done.Task;

    /// <inheritdoc/>
    public override void Complete() => _done.TrySetResult(Results);

    /// <inheritdoc/>
    public override void Fail(JournalException error) => _done.TrySetException(error);
}
