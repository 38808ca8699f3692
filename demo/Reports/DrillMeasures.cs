namespace OutbackUptime.Demo.Reports;

/// <summary>What a drill measured beside the ledger.</summary>
internal sealed record DrillMeasures
{
    public double? TakeoverSeconds { get; init; }

    public double? GiveBackSeconds { get; init; }

    public double? DrainPacketsPerSecond { get; init; }

    public double? WedgeFoundSeconds { get; init; }

    public LatencySummary? LiveDuringDrain { get; init; }

    public Latencies? Committed { get; init; }

    public Latencies? Safe { get; init; }

    public Latencies? ReceivedToCommitted { get; init; }

    public Latencies? ReceivedToSafe { get; init; }

    public LatencySummary? PrometheusCommitted { get; init; }

    public LatencySummary? PrometheusSafe { get; init; }
}
