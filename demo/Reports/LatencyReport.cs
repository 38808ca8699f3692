namespace OutbackUptime.Demo.Reports;

/// <summary>From the journal's commit at the gateway to the receipt that names a first, and the last, region.</summary>
internal sealed record LatencyReport(LatencySummary JournalToCommitted, LatencySummary JournalToSafe);
