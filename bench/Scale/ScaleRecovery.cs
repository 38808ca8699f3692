using OutbackUptime.Bench.Statistics;

namespace OutbackUptime.Bench.Scale;

/// <summary>When stations had a commit again.</summary>
internal sealed record ScaleRecovery(int Stations, int NotInTime, double FirstSeconds, double P50Seconds, double P99Seconds, double LastSeconds)
{
    /// <summary>From the times of those that had; null when none had.</summary>
    public static ScaleRecovery? Of(IReadOnlyCollection<double?> seconds)
    {
        var times = seconds.OfType<double>().Order().ToArray();
        return times.Length == 0 ? null : new ScaleRecovery(
            seconds.Count, seconds.Count - times.Length, Math.Round(times[0], 2), Math.Round(Percentiles.At(times, 0.5), 2), Math.Round(Percentiles.At(times, 0.99), 2), Math.Round(times[^1], 2));
    }
}
