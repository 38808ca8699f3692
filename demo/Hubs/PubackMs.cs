namespace OutbackUptime.Demo.Hubs;

/// <summary>Milliseconds from publish to PUBACK.</summary>
internal sealed record PubackMs(double P50, double P95, double P99);
