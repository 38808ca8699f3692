namespace OutbackUptime.Demo.Reports;

/// <summary>Milliseconds; null where nothing was measured.</summary>
internal sealed record LatencySummary(double? P50, double? P95, double? P99);
