namespace OutbackUptime.Silo.Registry;

/// <summary>A hub as it stands in the file, before any check.</summary>
internal sealed record HubDocument(string? Id, double? IntervalSeconds)
{
    public string? Type { get; init; }

    public string? Place { get; init; }

    public TankDocument? Tank { get; init; }

    public TroughDocument? Trough { get; init; }

    public PumpDocument? Pump { get; init; }

    public FlowDocument? Flow { get; init; }

    public BatteryDocument? Battery { get; init; }

    public string? TemperatureMetric { get; init; }
}
