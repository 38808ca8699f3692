namespace OutbackUptime.Domain.Stations.Water;

/// <summary>A hub's battery.</summary>
public sealed record BatteryPart
{
    /// <summary>That of hubs that say nothing about theirs.</summary>
    public static readonly BatteryPart Usual = new();

    /// <summary>The metric with its voltage.</summary>
    public string VoltsMetric { get; init; } = "battery_v";

    /// <summary>At this voltage the hub goes out. Default 11.6 V: a 12 V lead battery that is nearly flat.</summary>
    public double EmptyVolts { get; init; } = 11.6;
}
