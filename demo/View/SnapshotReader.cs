using OutbackUptime.Demo.Cluster;
using OutbackUptime.Demo.Hubs;
using OutbackUptime.Demo.Reports;

namespace OutbackUptime.Demo.View;

/// <summary>Gathers snapshots from the status pages.</summary>
internal sealed class SnapshotReader(DemoSystem system, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private readonly Dictionary<string, (long Next, long At)> _last = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LatencyPage> _latency = new(StringComparer.Ordinal);
    private (long Acknowledged, long At)? _lastHubs;
    private volatile HubFleetStats? _hubs;

    public void OnHubsLine(string line)
    {
        if (line.StartsWith('{'))
        {
            _hubs = HubFleetStats.Parse(line);
        }
    }

    public HubFleetStats? Hubs => _hubs;

    public async Task<Snapshot> ReadAsync(CancellationToken cancellationToken)
    {
        var gateways = await system.GatewayPagesAsync(cancellationToken).ConfigureAwait(false);
        var silos = await system.SiloPagesAsync(cancellationToken).ConfigureAwait(false);
        var owners = silos.Values.OfType<SiloPage>().SelectMany(s => s.Stations.Select(t => (t.Id, s.Silo))).ToLookup(o => o.Id, o => o.Silo);
        var lines = new List<StationLine>();
        foreach (var station in system.Stations)
        {
            var latency = await P95Async(station.Id, cancellationToken).ConfigureAwait(false);
            lines.Add(Line(station, gateways[station.Id], owners[station.Id].FirstOrDefault(), latency));
        }

        return new Snapshot(time.GetElapsedTime(_started), _hubs, HubRate(), lines, [.. DemoSystem.Regions.Select(r => Region(r, silos))]);
    }

    private StationLine Line(DemoStation station, GatewayPage? page, string? owner, double? p95)
    {
        if (page is null)
        {
            return new StationLine(station.Id, station.HomeRegion, null, owner, 0, 0, 0, 0, p95, 0);
        }

        var now = time.GetTimestamp();
        var rate = _last.TryGetValue(station.Id, out var last) && now > last.At ? (page.NextOffset - last.Next) / time.GetElapsedTime(last.At, now).TotalSeconds : 0;
        _last[station.Id] = (page.NextOffset, now);
        var all = page.NextOffset - 1;
        var missing = page.Regions.Values.Select(r => r.Missing).ToList();
        return new StationLine(
            station.Id, station.HomeRegion, page.Connected ? page.CurrentRegion : null, owner, Math.Max(0, rate), page.Depth,
            all - missing.DefaultIfEmpty(0).Min(), all - page.Depth, p95, page.Switches.Count(s => s.To != station.HomeRegion));
    }

    private static RegionLine Region(string region, Dictionary<string, SiloPage?> silos)
    {
        var own = silos.Where(s => DemoSystem.RegionOf(s.Key) == region).ToList();
        var up = silos.Values.OfType<SiloPage>().Any(s => s.Stores.Any(t => t.Region == region && t.Available));
        return new RegionLine(
            region, own.Count(s => s.Value?.Active == true), own.Count, up,
            silos.Values.OfType<SiloPage>().Sum(s => s.Stores.Where(t => t.Region == region).Sum(t => t.InsertedRows)),
            own.Sum(s => s.Value?.Stations.Count ?? 0));
    }

    private async Task<double?> P95Async(string station, CancellationToken cancellationToken)
    {
        if (await system.Status.GetAsync<LatencyPage>($"{system.GatewayUrl(station)}/latency", cancellationToken).ConfigureAwait(false) is not { } page)
        {
            return null;
        }

        var recent = new Latencies();
        recent.Add(_latency.GetValueOrDefault(station)?.JournalToCommitted, page.JournalToCommitted);
        _latency[station] = page;
        return recent.Quantile(0.95);
    }

    private double HubRate()
    {
        if (_hubs is not { } hubs)
        {
            return 0;
        }

        var now = time.GetTimestamp();
        var rate = _lastHubs is { } last && now > last.At ? (hubs.Acknowledged - last.Acknowledged) / time.GetElapsedTime(last.At, now).TotalSeconds : 0;
        _lastHubs = (hubs.Acknowledged, now);
        return rate;
    }
}
