namespace OutbackUptime.Domain.Stations.Water;

/// <summary>A tank: what its rules need.</summary>
/// <param name="Litres">What it holds when full.</param>
/// <param name="Head">Cattle that drink from it; 0: unknown or none, then only the measured fall counts.</param>
public sealed record TankPart(double Litres, int Head)
{
    /// <summary>Below this it is low, in percent. Null: 25 %, more where the drive is longer; see Alerts.LowLevel.</summary>
    public double? LowPercent { get; init; }

    /// <summary>The metric with the level in percent of <see cref="Litres"/>.</summary>
    public string LevelMetric { get; init; } = "tank_level_pct";
}
