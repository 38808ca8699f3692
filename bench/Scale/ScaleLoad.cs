namespace OutbackUptime.Bench.Scale;

/// <summary>A size of the whole system.</summary>
internal sealed record ScaleLoad(long Stations, long Hubs, double PacketsPerSecond);
