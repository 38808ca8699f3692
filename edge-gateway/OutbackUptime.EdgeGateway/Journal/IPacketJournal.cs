namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>What the front door needs of the journal.</summary>
public interface IPacketJournal
{
    /// <summary>
    /// Journals a packet. Completes after the fsync of its commit, never before (I1). Throws <see cref="JournalException"/> when the
    /// commit failed: then nothing was kept and nothing may be acknowledged.
    /// </summary>
    Task<AppendResult> AppendAsync(IncomingPacket packet);

    /// <summary>Journals the packets of one publish in one transaction: all, or none. Results are in their order.</summary>
    Task<IReadOnlyList<AppendResult>> AppendAllAsync(IReadOnlyList<IncomingPacket> packets);
}
