using OutbackUptime.Demo.Hubs;

namespace OutbackUptime.Demo.Cluster;

/// <summary>A simulated hub as it stands in the station registry: every one is a bore with tank, pump and trough.</summary>
internal sealed record RegistryHub(string Id, int IntervalSeconds, string Type, RegistryHub.TankEntry Tank, RegistryHub.PumpEntry Pump, RegistryHub.TroughEntry Trough)
{
    public static RegistryHub Of(string station, string hub, TimeSpan interval)
    {
        var fit = WaterFit.Of(station, hub);
        return new RegistryHub(
            hub, Math.Max(1, (int)interval.TotalSeconds), "water-point", new TankEntry(fit.TankLitres, fit.Head), new PumpEntry(hub, WaterFit.StartPercent - 5), new TroughEntry(hub));
    }

    internal sealed record TankEntry(int Litres, int Head);

    internal sealed record PumpEntry(string Fills, double StartPercent);

    internal sealed record TroughEntry(string FedBy);
}
