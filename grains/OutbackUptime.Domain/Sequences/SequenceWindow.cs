namespace OutbackUptime.Domain.Sequences;

/// <summary>
/// The last <c>capacity</c> seqs of one (hub, boot) with their payload hashes, in a ring: constant memory, any order.
/// </summary>
/// <remarks>Modelled on the anti-replay window of RFC 4303 section 3.4.3, with hashes in place of bits.</remarks>
public sealed class SequenceWindow
{
    private const long Empty = -1;

    // The slot of a seq is seq mod capacity. Parallel arrays, so that a slot takes 16 bytes.
    private readonly long[] _seqs;
    private readonly ulong[] _hashes;

    /// <param name="capacity">How many seqs back from the highest are remembered; at least 1.</param>
    public SequenceWindow(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _seqs = new long[capacity];
        _hashes = new ulong[capacity];
        Array.Fill(_seqs, Empty);
    }

    /// <summary>The highest seq recorded, or -1.</summary>
    public long Highest { get; private set; } = -1;

    /// <summary>What is known about <paramref name="seq"/>. Changes nothing.</summary>
    public SequenceVerdict Check(long seq, ulong hash)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seq);
        if (IsBelow(seq))
        {
            return SequenceVerdict.BelowWindow;
        }

        var slot = seq % _seqs.Length;
        return _seqs[slot] != seq ? SequenceVerdict.New
            : _hashes[slot] == hash ? SequenceVerdict.Duplicate
            : SequenceVerdict.Conflict;
    }

    /// <summary>
    /// Remembers <paramref name="seq"/>; a seq below the window is ignored. A seq that is recorded already keeps its first hash.
    /// </summary>
    public void Record(long seq, ulong hash)
    {
        if (Check(seq, hash) != SequenceVerdict.New)
        {
            return;
        }

        // Within reach, a slot can only hold this seq or an older one, which has just left the window.
        var slot = seq % _seqs.Length;
        _seqs[slot] = seq;
        _hashes[slot] = hash;
        Highest = Math.Max(Highest, seq);
    }

    private bool IsBelow(long seq) => seq <= Highest - _seqs.Length;
}
