namespace OutbackUptime.Silo.Registry;

/// <summary>A tank as it stands in the file, before any check.</summary>
internal sealed record TankDocument(double? Litres, double? Head, double? LowPercent, string? LevelMetric);
