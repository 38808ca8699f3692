using Microsoft.Extensions.Options;
using Orleans.Runtime;
using OutbackUptime.ClickHouse;
using OutbackUptime.ClickHouse.Querying;
using OutbackUptime.Grains.Stations;
using OutbackUptime.Silo.Api.Alerts;
using OutbackUptime.Silo.Api.Stations;
using OutbackUptime.Silo.Hosting;
using OutbackUptime.Silo.Placement;

namespace OutbackUptime.Silo.Api.Regions;

/// <summary>Puts the overview together: registry, membership, activations, stores.</summary>
internal sealed class OverviewReader(
    IOptions<SiloHostOptions> silo, IStationRegistrySource registry, IClusterMembershipService membership, IStoreStatusSource stores, StoreQueries store,
    Owners owners, WatermarkReader watermarks, StationReader stations, AlertReader alerts, Memo memo, TimeProvider time)
{
    private static readonly TimeSpan s_signOfLife = TimeSpan.FromSeconds(15);

    /// <summary>At most a second old.</summary>
    public Task<Overview> ReadAsync(CancellationToken cancellationToken) => memo.GetAsync("overview", TimeSpan.FromSeconds(1), ReadNowAsync, cancellationToken);

    private async Task<Overview> ReadNowAsync(CancellationToken cancellationToken)
    {
        var asked = owners.RefreshAsync();
        var marks = await watermarks.ReadAsync(cancellationToken).ConfigureAwait(false);
        var (ids, pulses, open, beats) = (
            await OrAsync(stations.IdsAsync(cancellationToken), [.. registry.Current.Stations.Select(s => s.Id).Order(StringComparer.Ordinal)]).ConfigureAwait(false),
            await OrAsync(stations.PulsesAsync(cancellationToken), new Dictionary<string, (DateTimeOffset?, long?)>()).ConfigureAwait(false),
            await OrAsync(alerts.OpenCountsAsync(cancellationToken), new Dictionary<string, int>()).ConfigureAwait(false),
            await OrAsync(BeatsAsync(cancellationToken), []).ConfigureAwait(false));
        await asked.ConfigureAwait(false);
        var current = owners.Current;
        List<StationView> views = [.. ids.Select(id => View(id, current, marks, pulses, open))];
        return new Overview(
            time.GetUtcNow(),
            silo.Value.Name,
            silo.Value.Region,
            marks.Overall(views.Where(v => v.LastPacketAt > time.GetUtcNow().AddMinutes(-3)).Select(v => v.Id)),
            marks.Note,
            [.. registry.Current.Regions.Select(region => View(region, views, marks, beats))],
            views,
            [.. owners.Moves.Take(50)]);
    }

    private StationView View(
        string id, IReadOnlyDictionary<string, (string Region, string? Silo)> owned, Watermarks marks,
        IReadOnlyDictionary<string, (DateTimeOffset? LastPacketAt, long? AtGateway)> pulses, IReadOnlyDictionary<string, int> open)
    {
        var registered = registry.Current.TryGet(id, out var station);
        var (lastPacketAt, atGateway) = pulses.GetValueOrDefault(id);
        var owner = owned.TryGetValue(id, out var found) ? found : ((string Region, string? Silo)?)null;
        return new StationView(
            id, station?.Name ?? id, station?.Latitude, station?.Longitude, station?.HomeRegion ?? "", registered, station?.Hubs.Count ?? 0,
            owner?.Region, owner?.Silo, lastPacketAt, marks.ByStation.TryGetValue(id, out var mark) ? mark : null, atGateway, open.GetValueOrDefault(id));
    }

    private RegionView View(string region, List<StationView> views, Watermarks marks, IReadOnlyList<(string Region, string Silo, DateTimeOffset At)> beats)
    {
        var last = beats.Where(b => b.Region == region).ToDictionary(b => b.Silo, b => b.At, StringComparer.Ordinal);
        var members = membership.CurrentSnapshot.Members.Values
            .Where(m => m.Status != SiloStatus.Dead && SiloNameRegionMap.OfName(m.Name) == region)
            .Select(m => new SiloView(m.Name, m.Status.ToString(), last.TryGetValue(m.Name, out var at) ? at : null)).ToList();
        members.AddRange(last.Where(b => !members.Exists(m => m.Name == b.Key)).Select(b => new SiloView(b.Key, "Unseen", b.Value)));
        var status = stores.Current.FirstOrDefault(s => s.Region == region);
        var up = members.Exists(m => m.Status == nameof(SiloStatus.Active) || m.LastBeatAt > time.GetUtcNow() - s_signOfLife);
        return new RegionView(
            region, up, views.Count(v => v.Owner == region), [.. members.OrderBy(m => m.Name, StringComparer.Ordinal)],
            new StoreView(status?.Available ?? false, status?.QueuedRows ?? 0, marks.NewestByRegion.TryGetValue(region, out var newest) ? newest : null));
    }

    private Task<IReadOnlyList<(string Region, string Silo, DateTimeOffset At)>> BeatsAsync(CancellationToken cancellationToken) =>
        memo.GetAsync("beats", TimeSpan.FromSeconds(2), token => store.ReadAsync(
            "SELECT region, silo, toUnixTimestamp64Milli(max(at)) * 1000 FROM region_beats WHERE at >= fromUnixTimestamp64Micro({since:Int64}) GROUP BY region, silo LIMIT 200",
            row => (row.Text(0), row.Text(1), row.Time(2)), token, ("since", time.GetUtcNow().AddMinutes(-2).Micros())), cancellationToken);

    // An overview without stores is still worth something: who is up, who owns what.
    private static async Task<T> OrAsync<T>(Task<T> read, T without)
    {
        try
        {
            return await read.ConfigureAwait(false);
        }
        catch (StoreUnreadableException)
        {
            return without;
        }
    }
}
