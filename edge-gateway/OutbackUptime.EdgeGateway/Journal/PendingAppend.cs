namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>An append that waits for its commit.</summary>
internal sealed class PendingAppend(IncomingPacket packet, DateTimeOffset receivedAt)
{
    private readonly TaskCompletionSource<AppendResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IncomingPacket Packet { get; } = packet;

    public DateTimeOffset ReceivedAt { get; } = receivedAt;

    public Task<AppendResult> Done => _done.Task;

    /// <summary>What it becomes if the commit succeeds.</summary>
    public AppendResult Result { get; set; }

    public void Complete() => _done.TrySetResult(Result);

    public void Fail(JournalException error) => _done.TrySetException(error);
}
