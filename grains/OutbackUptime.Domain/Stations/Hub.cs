using OutbackUptime.Domain.Stations.Water;

namespace OutbackUptime.Domain.Stations;

/// <summary>A solar-powered sensor hub.</summary>
/// <param name="Id">Unique within its station; see <see cref="EntityName"/>.</param>
/// <param name="Interval">How often it is expected to publish.</param>
public sealed record Hub(string Id, TimeSpan Interval)
{
    /// <summary>What it stands at.</summary>
    public HubKind Kind { get; init; } = HubKind.Generic;

    /// <summary>The place as people call it, for notices, e.g. `Ten Mile trough`. Default: made from the id.</summary>
    public string Place { get; init; } = PlaceName.Of(Id);

    /// <summary>Its tank, if it stands at one.</summary>
    public TankPart? Tank { get; init; }

    /// <summary>Its trough, if it stands at one.</summary>
    public TroughPart? Trough { get; init; }

    /// <summary>Its pump, if it stands at one.</summary>
    public PumpPart? Pump { get; init; }

    /// <summary>Its flow meter, if it has one of its own.</summary>
    public FlowPart? Flow { get; init; }

    /// <summary>Its own supply. Null: not watched.</summary>
    public BatteryPart? Battery { get; init; } = BatteryPart.Usual;

    /// <summary>The metric with the air temperature in °C; what is not sent is taken from the station's weather hub.</summary>
    public string TemperatureMetric { get; init; } = "temperature_c";
}
