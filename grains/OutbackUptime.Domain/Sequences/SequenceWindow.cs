namespace OutbackUptime.Domain.Sequences;

/// <summary>
/// The last <c>capacity</c> seqs of one (hub, boot) with their payload hashes, in a ring: constant memory, any order.
/// </summary>
/// <remarks>Modelled on the anti-replay window of RFC 4303 section 3.4.3, with hashes in place of bits.</remarks>
public sealed class SequenceWindow
{
    /// <param name="capacity">How many seqs back from the highest are remembered; at least 1.</param>
    public SequenceWindow(int capacity) => throw new NotImplementedException();

    /// <summary>The highest seq recorded, or -1.</summary>
    public long Highest => throw new NotImplementedException();

    /// <summary>What is known about <paramref name="seq"/>. Changes nothing.</summary>
    public SequenceVerdict Check(long seq, ulong hash) => throw new NotImplementedException();

    /// <summary>Remembers <paramref name="seq"/>; a seq below the window is ignored.</summary>
    public void Record(long seq, ulong hash) => throw new NotImplementedException();
}
