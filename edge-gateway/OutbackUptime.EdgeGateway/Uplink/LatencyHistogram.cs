namespace OutbackUptime.EdgeGateway.Uplink;

/// <summary>Counts latencies in buckets that grow by 5 %, from 0.1 ms to about 100 minutes. Thread-safe.</summary>
public sealed class LatencyHistogram
{
    private const double LowestMs = 0.1;
    private const double Growth = 1.05;
    private readonly long[] _counts = new long[368];

    /// <summary>Counts one latency.</summary>
    public void Record(TimeSpan latency)
    {
        var bucket = latency.TotalMilliseconds <= LowestMs ? 0 : (int)Math.Ceiling(Math.Log(latency.TotalMilliseconds / LowestMs) / Math.Log(Growth));
        Interlocked.Increment(ref _counts[Math.Min(bucket, _counts.Length - 1)]);
    }

    /// <summary>The buckets that hold anything: upper bound in milliseconds, and count since start.</summary>
    public IReadOnlyList<double[]> Snapshot()
    {
        var result = new List<double[]>();
        for (var i = 0; i < _counts.Length; i++)
        {
            var count = Interlocked.Read(ref _counts[i]);
            if (count > 0)
            {
                result.Add([Math.Round(LowestMs * Math.Pow(Growth, i), 4), count]);
            }
        }

        return result;
    }
}
