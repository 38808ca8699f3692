using OutbackUptime.Demo.Cluster;
using OutbackUptime.Demo.Reports;

namespace OutbackUptime.Demo.Prometheus;

/// <summary>Adds to a run's measures what Prometheus has of the same time.</summary>
internal static class PrometheusComparison
{
    public static async Task<DrillMeasures> AddAsync(
        DemoSystem system, LatencyMeter meter, DrillMeasures measures, Action<string> write, TimeProvider time, CancellationToken cancellationToken)
    {
        measures = measures with { ReceivedToCommitted = meter.Received.Committed, ReceivedToSafe = meter.Received.Safe };
        if (system.Prometheus is null)
        {
            return measures;
        }

        // The scrape that follows the end; what it counts beyond the end is a second's packets or two.
        await Task.Delay(PrometheusFiles.Interval, time, cancellationToken).ConfigureAwait(false);
        var half = PrometheusFiles.Interval / 2;
        var (from, to) = (meter.Span.From + half, meter.Span.To + half);
        using var prometheus = new PrometheusClient(system.PrometheusUrl);
        measures = measures with
        {
            PrometheusCommitted = await LatencyAgreement.ReadAsync(prometheus, "committed", from, to, cancellationToken).ConfigureAwait(false),
            PrometheusSafe = await LatencyAgreement.ReadAsync(prometheus, "safe", from, to, cancellationToken).ConfigureAwait(false),
        };
        foreach (var line in LatencyAgreement.Lines("committed", measures.PrometheusCommitted, meter.Received.Committed.Summary)
            .Concat(LatencyAgreement.Lines("safe", measures.PrometheusSafe, meter.Received.Safe.Summary)))
        {
            write(line);
        }

        return measures;
    }
}
