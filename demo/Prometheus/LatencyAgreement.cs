using System.Globalization;
using OutbackUptime.Demo.Reports;

namespace OutbackUptime.Demo.Prometheus;

/// <summary>
/// The latencies of a stretch of time as Prometheus has them, beside those that the gateways' own finer histograms give: whether
/// what people see on dashboards is true.
/// </summary>
internal static class LatencyAgreement
{
    /// <summary>Prometheus' quantiles between two moments.</summary>
    public static async Task<LatencySummary> ReadAsync(PrometheusClient prometheus, string stage, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        async Task<double?> QuantileAsync(double quantile)
        {
            // Counts between the two; a series that was not there at first began at 0.
            var name = $"ingest_latency_seconds_bucket{{stage=\"{stage}\"}}";
            var (now, before) = ($"{name} @ {Unix(to)}", $"{name} @ {Unix(from)}");
            var query = string.Create(CultureInfo.InvariantCulture, $"histogram_quantile({quantile}, sum by (le) ({now} - ({before} or {now} * 0)))");
            return await prometheus.QueryAsync(query, to, cancellationToken).ConfigureAwait(false) is { } seconds ? Math.Round(seconds * 1000, 1) : null;
        }

        return new LatencySummary(await QuantileAsync(0.5).ConfigureAwait(false), await QuantileAsync(0.95).ConfigureAwait(false), await QuantileAsync(0.99).ConfigureAwait(false));
    }

    /// <summary>Lines for people: both, and how far they are apart.</summary>
    public static IEnumerable<string> Lines(string stage, LatencySummary prometheus, LatencySummary report)
    {
        yield return $"ingest_latency, stage {stage}, from the gateway's receipt: " + string.Join(", ",
            new[] { ("P50", prometheus.P50, report.P50), ("P95", prometheus.P95, report.P95), ("P99", prometheus.P99, report.P99) }
                .Select(q => string.Create(CultureInfo.InvariantCulture, $"{q.Item1} {q.Item2} ms in Prometheus, {q.Item3} ms in the report ({Apart(q.Item2, q.Item3):+0.0;-0.0} %)")));
    }

    private static double? Apart(double? prometheus, double? report) => report > 0 ? (prometheus - report) / report * 100 : null;

    private static string Unix(DateTimeOffset at) => (at.ToUnixTimeMilliseconds() / 1000.0).ToString("F3", CultureInfo.InvariantCulture);
}
