namespace OutbackUptime.Domain.Stations.Water;

/// <summary>A pump: what its rules need.</summary>
/// <param name="Fills">The hub whose tank it fills.</param>
public sealed record PumpPart(string Fills)
{
    /// <summary>The metric with the motor's current in ampere.</summary>
    public string CurrentMetric { get; init; } = "pump_current_a";

    /// <summary>The metric with the solar panels' power in watt, if it is measured: a solar pump isn't blamed for clouds.</summary>
    public string SolarMetric { get; init; } = "solar_w";

    /// <summary>From this current on the pump runs, in ampere. Default 0.3.</summary>
    public double RunningAmps { get; init; } = 0.3;

    /// <summary>Below this level of the tank its float switch starts the pump, in percent. Default 50.</summary>
    public double StartPercent { get; init; } = 50;

    /// <summary>Whether it runs on sun alone: then it is expected to run only in good light. Default true.</summary>
    public bool Solar { get; init; } = true;
}
