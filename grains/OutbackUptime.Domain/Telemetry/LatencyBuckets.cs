namespace OutbackUptime.Domain.Telemetry;

/// <summary>Bounds of the latency histograms.</summary>
public static class LatencyBuckets
{
    /// <summary>
    /// Seconds, ten to a decade (the R10 series) from 2.5 ms to 1 s, so that an interpolated quantile is within a few per cent; 0.3
    /// and 0.5 are the limits of the 95th and 99th percentile; above 1 s a backlog's age is told in coarse steps.
    /// </summary>
    public static IReadOnlyList<double> Seconds { get; } =
    [
        0.0025, 0.004, 0.005, 0.0063, 0.008, 0.01, 0.0125, 0.016, 0.02, 0.025, 0.0315, 0.04, 0.05, 0.063, 0.08, 0.1, 0.125, 0.16, 0.2, 0.25, 0.3, 0.4, 0.5,
        0.63, 0.8, 1, 2.5, 5, 10, 60, 600, 3600,
    ];
}
