namespace OutbackUptime.Silo.Registry;

/// <summary>A pump as it stands in the file, before any check.</summary>
internal sealed record PumpDocument(string? Fills, string? CurrentMetric, string? SolarMetric, double? RunningAmps, double? StartPercent, bool? Solar);
