namespace OutbackUptime.Demo.Reports;

/// <summary>
/// To the receipt that names a first, and the last, region: from the journal's commit at the gateway, from the gateway's receipt, and
/// the latter as Prometheus has it (`ingest_latency`; null without --prometheus).
/// </summary>
internal sealed record LatencyReport(LatencySummary JournalToCommitted, LatencySummary JournalToSafe)
{
    public LatencySummary? ReceivedToCommitted { get; init; }

    public LatencySummary? ReceivedToSafe { get; init; }

    public LatencySummary? PrometheusCommitted { get; init; }

    public LatencySummary? PrometheusSafe { get; init; }
}
