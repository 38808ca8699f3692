namespace OutbackUptime.Domain.Alerts.Water;

/// <summary>The usual fall of a tank for each hour of the local day: the median of the last week. 24 x 7 numbers.</summary>
internal sealed class HourlyNormals
{
    private const int Days = 7;
    private const int DaysToTrust = 3;
    private readonly float[] _fall = new float[24 * Days];
    private readonly byte[] _count = new byte[24];
    private readonly long[] _newest = new long[24];

    /// <summary>Takes an hour's fall, once: an hour that is not newer than the last of its kind is left out.</summary>
    /// <param name="hour">0 to 23, local.</param>
    /// <param name="slot">The slot in which it ended.</param>
    /// <param name="litresPerHour">How much went.</param>
    public void Learn(int hour, long slot, double litresPerHour)
    {
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
        var known = Math.Min(_count[hour], (byte)Days);
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
