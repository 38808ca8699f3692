namespace OutbackUptime.Domain.Alerts.Water;

/// <summary>
/// One signal of one hub over the last slots. Each slot keeps last, least and greatest value: aggregates that neither order nor
/// repetition of packets changes. Bounded: capacity x 24 bytes.
/// </summary>
internal sealed class SlotRing(int capacity)
{
    private readonly long[] _slot = NewSlots(capacity);
    private readonly int[] _lastAtMs = new int[capacity];
    private readonly float[] _last = new float[capacity];
    private readonly float[] _least = new float[capacity];
    private readonly float[] _greatest = new float[capacity];

    /// <summary>Adds a value. False: older than what is kept.</summary>
    /// <param name="slot">Its slot.</param>
    /// <param name="atMs">Milliseconds into the slot.</param>
    /// <param name="value">The value.</param>
    public bool Add(long slot, int atMs, float value)
    {
        var i = Place(slot);
        if (_slot[i] > slot)
        {
            return false;
        }

        if (_slot[i] < slot)
        {
            (_slot[i], _lastAtMs[i], _last[i], _least[i], _greatest[i]) = (slot, atMs, value, value, value);
            return true;
        }

        // Two values of one instant: the greater, so that order decides nothing.
        if (atMs > _lastAtMs[i] || (atMs == _lastAtMs[i] && value > _last[i]))
        {
            (_lastAtMs[i], _last[i]) = (atMs, value);
        }

        _least[i] = Math.Min(_least[i], value);
        _greatest[i] = Math.Max(_greatest[i], value);
        return true;
    }

    /// <summary>The newest value within a slot; NaN: none.</summary>
    public float Last(long slot) => Has(slot) ? _last[Place(slot)] : float.NaN;

    /// <summary>The least value of a slot; NaN: none.</summary>
    public float Least(long slot) => Has(slot) ? _least[Place(slot)] : float.NaN;

    /// <summary>The greatest value of a slot; NaN: none.</summary>
    public float Greatest(long slot) => Has(slot) ? _greatest[Place(slot)] : float.NaN;

    private static long[] NewSlots(int capacity)
    {
        var slots = new long[capacity];
        Array.Fill(slots, long.MinValue);
        return slots;
    }

    private bool Has(long slot) => _slot[Place(slot)] == slot;

    private int Place(long slot) => (int)(((slot % capacity) + capacity) % capacity);
}
