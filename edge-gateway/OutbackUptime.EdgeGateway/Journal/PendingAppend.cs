namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>The packets of one publish, which wait for their commit.</summary>
internal sealed class PendingAppend(IReadOnlyList<IncomingPacket> packets, DateTimeOffset receivedAt)
{
    private readonly TaskCompletionSource<IReadOnlyList<AppendResult>> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<IncomingPacket> Packets { get; } = packets;

    public DateTimeOffset ReceivedAt { get; } = receivedAt;

    public Task<IReadOnlyList<AppendResult>> Done => _done.Task;

    /// <summary>What they become if the commit succeeds.</summary>
    public IReadOnlyList<AppendResult> Results { get; set; } = [];

    public void Complete() => _done.TrySetResult(Results);

    public void Fail(JournalException error) => _done.TrySetException(error);
}
