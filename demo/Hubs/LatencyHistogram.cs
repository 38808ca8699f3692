namespace OutbackUptime.Demo.Hubs;

/// <summary>Counts durations in buckets that grow by 5 %, 0.05 ms to about 10 min.</summary>
internal sealed class LatencyHistogram
{
    private const double FirstMs = 0.05;
    private const double Growth = 1.05;
    private readonly long[] _counts = new long[340];

    public void Add(TimeSpan duration)
    {
        var bucket = duration.TotalMilliseconds <= FirstMs
            ? 0
            : Math.Min(_counts.Length - 1, (int)Math.Ceiling(Math.Log(duration.TotalMilliseconds / FirstMs) / Math.Log(Growth)));
        Interlocked.Increment(ref _counts[bucket]);
    }

    /// <summary>A copy of the counts; differences of two copies are a period's counts.</summary>
    public long[] Counts() => [.. _counts];

    /// <summary>Upper bound, in ms, of the bucket that holds the <paramref name="quantile"/> of <paramref name="counts"/>; 0 if there are none.</summary>
    public static double Quantile(ReadOnlySpan<long> counts, double quantile)
    {
        long total = 0;
        foreach (var count in counts)
        {
            total += count;
        }

        var rank = (long)Math.Ceiling(total * quantile);
        long seen = 0;
        for (var i = 0; i < counts.Length && total > 0; i++)
        {
            seen += counts[i];
            if (seen >= rank)
            {
                return Math.Round(FirstMs * Math.Pow(Growth, i), 2);
            }
        }

        return 0;
    }
}
