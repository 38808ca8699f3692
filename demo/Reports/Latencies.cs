namespace OutbackUptime.Demo.Reports;

/// <summary>Latencies of all gateways between two looks, from their cumulative buckets.</summary>
internal sealed class Latencies
{
    private readonly SortedDictionary<double, double> _buckets = [];

    /// <summary>How many were counted.</summary>
    public double Count => _buckets.Values.Sum();

    /// <summary>Adds what <paramref name="after"/> counts beyond <paramref name="before"/>; a restarted gateway counts from zero.</summary>
    public void Add(IEnumerable<double[]>? before, IEnumerable<double[]> after)
    {
        var earlier = (before ?? []).ToDictionary(b => b[0], b => b[1]);
        var restarted = earlier.Any(e => after.FirstOrDefault(a => a[0] == e.Key) is not { } a || a[1] < e.Value);
        foreach (var bucket in after)
        {
            var count = bucket[1] - (restarted ? 0 : earlier.GetValueOrDefault(bucket[0]));
            _buckets[bucket[0]] = _buckets.GetValueOrDefault(bucket[0]) + count;
        }
    }

    /// <summary>The upper bound of the bucket that holds the quantile, in milliseconds; null without counts.</summary>
    public double? Quantile(double quantile)
    {
        var wanted = Count * quantile;
        if (wanted == 0)
        {
            return null;
        }

        foreach (var (bound, count) in _buckets)
        {
            wanted -= count;
            if (wanted <= 0)
            {
                return Math.Round(bound, 1);
            }
        }

        return Math.Round(_buckets.Keys.Last(), 1);
    }

    /// <summary>P50, P95 and P99.</summary>
    public LatencySummary Summary => new(Quantile(0.5), Quantile(0.95), Quantile(0.99));
}
