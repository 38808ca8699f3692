namespace OutbackUptime.Domain.Packets;

/// <summary>One measured value. The unit is the name's suffix (`battery_v`, `tank_level_pct`).</summary>
public readonly record struct Metric(string Name, double Value);
