namespace OutbackUptime.Domain.Sequences;

/// <summary>
/// The last <c>capacity</c> seqs of one (hub, boot) with their payload hashes, in a ring: bounded memory, any order. The ring starts
/// small and grows only while it holds seqs that lie within reach, so that a hub that has said little takes little.
/// </summary>
/// <remarks>Modelled on the anti-replay window of RFC 4303 section 3.4.3, with hashes in place of bits.</remarks>
public sealed class SequenceWindow
{
    private const long Empty = -1;
    private const int FirstSlots = 16;

    private readonly int _capacity;

    // The slot of a seq is seq mod length. Parallel arrays, so that a slot takes 16 bytes.
    private long[] _seqs;
    private ulong[] _hashes;

    // Nothing at or below it is remembered, however far the capacity would reach.
    private long _forgotten = -1;

    /// <param name="capacity">How many seqs back from the highest are remembered; at least 1.</param>
    public SequenceWindow(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _capacity = capacity;
        (_seqs, _hashes) = Ring(Math.Min(capacity, FirstSlots));
    }

    /// <summary>The highest seq recorded, or -1.</summary>
    public long Highest { get; private set; } = -1;

    /// <summary>Slots that it takes memory for, 16 bytes each.</summary>
    public int Slots => _seqs.Length;

    /// <summary>What is known about <paramref name="seq"/>. Changes nothing.</summary>
    public SequenceVerdict Check(long seq, ulong hash)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seq);
        if (IsBelow(seq, Highest))
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

        Highest = Math.Max(Highest, seq);
        var slot = seq % _seqs.Length;

        // At full size a slot can only hold this seq or an older one, which has just left the window.
        while (_seqs[slot] != Empty && !IsBelow(_seqs[slot], Highest))
        {
            Grow();
            slot = seq % _seqs.Length;
        }

        _seqs[slot] = seq;
        _hashes[slot] = hash;
    }

    /// <summary>Forgets all but the last <paramref name="kept"/> seqs, and gives their memory back. What is forgotten counts as below the window.</summary>
    public void Trim(int kept)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(kept, 1);
        if (_seqs.Length <= kept)
        {
            return;
        }

        _forgotten = Math.Max(_forgotten, Highest - kept);
        Move(kept);
    }

    private static (long[] Seqs, ulong[] Hashes) Ring(int slots)
    {
        var seqs = new long[slots];
        Array.Fill(seqs, Empty);
        return (seqs, new ulong[slots]);
    }

    // Doubled until all that is within reach has a slot of its own: at full size it has.
    private void Grow()
    {
        var slots = _seqs.Length;
        do
        {
            slots = Math.Min(_capacity, 2 * slots);
        }
        while (!Move(slots));
    }

    private bool Move(int slots)
    {
        var (seqs, hashes) = Ring(slots);
        for (var i = 0; i < _seqs.Length; i++)
        {
            var seq = _seqs[i];
            if (seq == Empty || IsBelow(seq, Highest))
            {
                continue;
            }

            var slot = seq % slots;
            if (seqs[slot] != Empty)
            {
                return false;
            }

            (seqs[slot], hashes[slot]) = (seq, _hashes[i]);
        }

        (_seqs, _hashes) = (seqs, hashes);
        return true;
    }

    private bool IsBelow(long seq, long highest) => seq <= Math.Max(_forgotten, highest - _capacity);
}
