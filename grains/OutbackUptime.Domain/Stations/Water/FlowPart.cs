namespace OutbackUptime.Domain.Stations.Water;

/// <summary>A flow meter.</summary>
public sealed record FlowPart
{
    /// <summary>The metric with the flow in litres a minute.</summary>
    public string FlowMetric { get; init; } = "flow_lpm";

    /// <summary>At or below this the line counts as still, in litres a minute. Default 0.2: what a meter makes up by itself.</summary>
    public double StillLpm { get; init; } = 0.2;
}
