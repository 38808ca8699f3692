namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>The packets of one publish, which wait for their commit.</summary>
internal abstract class PendingAppend(IReadOnlyList<IncomingPacket> packets, DateTimeOffset receivedAt)
{
    public IReadOnlyList<IncomingPacket> Packets { get; } = packets;

    public DateTimeOffset ReceivedAt { get; } = receivedAt;

    /// <summary>What they become if the commit succeeds.</summary>
    public IReadOnlyList<AppendResult> Results { get; set; } = [];

    /// <summary>The commit is durable. Called by the journal's writer: must be quick.</summary>
    public abstract void Complete();

    /// <summary>The commit failed: nothing was kept.</summary>
    public abstract void Fail(JournalException error);
}
