using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using OutbackUptime.Grains.Stations;
using OutbackUptime.Silo.Hosting;
using OutbackUptime.Silo.Ingest;

namespace OutbackUptime.Silo.Telemetry;

/// <summary>
/// What this silo has and sees (meter `OutbackUptime.Silo`), asked for at each scrape. A hosted service: it is made at the start, and
/// lets counters be seen before they count.
/// </summary>
internal sealed class SiloInstruments : IHostedService
{
    private readonly IngestInstruments _ingest;

    public SiloInstruments(
        IMeterFactory meters,
        StationActivations activations,
        IStationRegistrySource registry,
        GatewayConnections gateways,
        IngestInstruments ingest,
        IOptions<SiloHostOptions> silo)
    {
        _ingest = ingest;
        var own = silo.Value.Region;
        var meter = meters.Create("OutbackUptime.Silo");
        meter.CreateObservableGauge("stations_owned", () => Owned(activations, registry, own), "{station}", "Stations active on this silo, by the silo's region and their home.");
        meter.CreateObservableCounter("takeovers", () => Takeovers(activations, registry), "{takeover}", "Activations here of stations whose home is another region.");
        meter.CreateObservableGauge("gateway_connected", () => Connected(gateways, registry), "{gateway}", "1 for a station whose gateway is connected to this silo.");
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ingest.Start();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static IEnumerable<Measurement<long>> Owned(StationActivations activations, IStationRegistrySource registry, string own)
    {
        var homes = activations.Snapshot().CountBy(a => a.HomeRegion).ToDictionary(StringComparer.Ordinal);
        return [.. registry.Current.Regions.Select(home => new Measurement<long>(homes.GetValueOrDefault(home), new("region", own), new("home_region", home)))];
    }

    private static IEnumerable<Measurement<long>> Takeovers(StationActivations activations, IStationRegistrySource registry) =>
        [.. registry.Current.Regions.Select(home => new Measurement<long>(activations.TakeoversOf(home), new KeyValuePair<string, object?>("home_region", home)))];

    private static IEnumerable<Measurement<int>> Connected(GatewayConnections gateways, IStationRegistrySource registry)
    {
        var here = gateways.Snapshot().Select(g => g.Station).ToHashSet(StringComparer.Ordinal);
        return [.. registry.Current.Stations.Select(s => new Measurement<int>(here.Contains(s.Id) ? 1 : 0, new("station", s.Id), new("home_region", s.HomeRegion)))];
    }
}
