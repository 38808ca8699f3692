namespace OutbackUptime.Domain.Stations.Water;

/// <summary>A trough: what its rules need.</summary>
/// <param name="FedBy">The hub whose tank feeds it.</param>
public sealed record TroughPart(string FedBy)
{
    /// <summary>The metric with the flow into the trough in litres a minute, through the float valve.</summary>
    public string FlowMetric { get; init; } = "trough_flow_lpm";

    /// <summary>The metric with the level in the trough in percent, if it is measured; it decides where both are.</summary>
    public string LevelMetric { get; init; } = "trough_level_pct";
}
