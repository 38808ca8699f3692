namespace OutbackUptime.Silo.Registry;

/// <summary>A battery as it stands in the file, before any check.</summary>
internal sealed record BatteryDocument(string? VoltsMetric, double? EmptyVolts, bool? Watched);
