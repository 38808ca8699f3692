namespace OutbackUptime.Domain.Alerts.Water;

/// <summary>The usual fall of a tank for each hour of the local day: the median of the last week. 24 x 7 numbers.</summary>
internal sealed class HourlyNormals
{
    private const int Days = 7;
    private const int DaysToTrust = 3;

    // Empty until something is learned: most hubs stand at no tank.
    private float[] _fall = [];
    private byte[] _count = [];
    private long[] _newest = [];

    /// <summary>Takes an hour's fall, once: an hour that is not newer than the last of its kind is left out.</summary>
    /// <param name="hour">0 to 23, local.</param>
    /// <param name="slot">The slot in which it ended.</param>
    /// <param name="litresPerHour">How much went.</param>
    public void Learn(int hour, long slot, double litresPerHour)
    {
        if (_fall.Length == 0)
        {
            (_fall, _count, _newest) = (new float[24 * Days], new byte[24], new long[24]);
        }

        if (slot <= _newest[hour])
        {
            return;
        }

        _newest[hour] = slot;
        _fall[(hour * Days) + (_count[hour] % Days)] = (float)litresPerHour;
        _count[hour] = (byte)(_count[hour] >= 2 * Days ? Days + 1 : _count[hour] + 1);
    }

    /// <summary>Litres an hour; NaN: fewer than three days are known.</summary>
    public double Of(int hour)
    {
        var known = _count.Length == 0 ? 0 : Math.Min(_count[hour], (byte)Days);
        if (known < DaysToTrust)
        {
            return double.NaN;
        }

        Span<float> sorted = stackalloc float[Days];
        _fall.AsSpan(hour * Days, known).CopyTo(sorted);
        sorted[..known].Sort();
        return sorted[known / 2];
    }
}
