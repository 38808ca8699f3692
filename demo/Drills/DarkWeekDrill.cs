using System.Globalization;
using OutbackUptime.Demo.Cluster;

namespace OutbackUptime.Demo.Drills;

/// <summary>A station is dark for a week; time is compressed, the packets are not.</summary>
internal sealed class DarkWeekDrill : IDrill
{
    /// <summary>A hub that reports every 15 minutes, as most do, sends this many in a week.</summary>
    private const int PacketsPerHub = 7 * 24 * 4;

    private const int Hubs = 60;
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(60);

    public string Name => "dark-week";

    public string Story => $"{Hubs} hubs' packets of a week at one every 15 minutes, in {PacketsPerHub * s_interval.TotalSeconds:0} s, with no region in reach and three power cuts; then the newest of every hub comes first";

    public SystemNeeds Needs { get; } = new() { Links = true, DiskMegabytes = 256 };

    public DemoOptions Adapt(DemoOptions options) => options with { Stations = 1, Hubs = Hubs, Interval = s_interval };

    public async Task RunAsync(DrillRun run)
    {
        var station = run.System.Stations[0];
        var gateway = run.System.Gateways[station.Id];
        run.Timeline.Note($"{station.Id} goes dark");
        run.System.CutLinks(station.Id, cut: true);
        for (var day = 0; day < 4; day++)
        {
            await run.LoadAsync(s_interval * PacketsPerHub / 4).ConfigureAwait(false);
            if (day == 3)
            {
                break;
            }

            await run.PowerCutAsync(gateway).ConfigureAwait(false);
        }

        var dark = (await PageAsync(run, station).ConfigureAwait(false)) ?? throw new DrillFailedException("the gateway does not answer");
        run.Timeline.Note($"link is back; {dark.Depth:N0} entries wait in the journal");
        var back = run.Now;
        run.System.CutLinks(station.Id, cut: false);
        await run.UntilAsync("a packet of every hub from after the outage", TimeSpan.FromSeconds(60), async () =>
            await FreshHubsAsync(run, station, back).ConfigureAwait(false) >= Hubs).ConfigureAwait(false);
        var page = await PageAsync(run, station).ConfigureAwait(false);
        run.Timeline.Note($"every hub's newest packet is in the store {(run.Now - back).TotalSeconds:0.0} s after the link is back; {page?.Depth:N0} entries still wait");
        await run.UntilAsync("backlog in both stores", TimeSpan.FromSeconds(180), async () =>
            (await PageAsync(run, station).ConfigureAwait(false)) is { } now && now.Regions.Values.All(r => r.CommittedThrough >= dark.NextOffset)).ConfigureAwait(false);
        run.Timeline.Note($"the week is in both stores {(run.Now - back).TotalSeconds:0.0} s after the link is back");
    }

    private static async Task<GatewayPage?> PageAsync(DrillRun run, DemoStation station) =>
        (await run.System.GatewayPagesAsync(run.Cancelled).ConfigureAwait(false))[station.Id];

    /// <summary>Hubs of which the home region's store has a packet that is newer than <paramref name="since"/>.</summary>
    private static async Task<int> FreshHubsAsync(DrillRun run, DemoStation station, DateTimeOffset since)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        using var body = new StringContent(string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT uniqExact(hub) FROM outback.packets WHERE station = '{station.Id}' AND hub LIKE 'bore-%' AND received_at >= fromUnixTimestamp64Milli({since.ToUnixTimeMilliseconds()}) FORMAT TSV"));
        using var response = await http.PostAsync(new Uri(run.System.StoreUrl(station.HomeRegion)), body, run.Cancelled).ConfigureAwait(false);
        return int.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(run.Cancelled).ConfigureAwait(false), CultureInfo.InvariantCulture);
    }
}
