using OutbackUptime.Demo.Cluster;

namespace OutbackUptime.Demo.Drills;

/// <summary>A station loses its link to both regions.</summary>
internal sealed class LinkLossDrill : IDrill
{
    // Fewer drain between two looks.
    private const int LeastForARate = 10_000;
    private static readonly TimeSpan s_dark = TimeSpan.FromSeconds(20);

    public string Name => "link-loss";

    public string Story => $"a station is cut off from both regions for {s_dark.TotalSeconds:0} s (its link swallows packets), then drains its backlog while live packets go first";

    public SystemNeeds Needs { get; } = new() { Links = true };

    public async Task RunAsync(DrillRun run)
    {
        var station = run.System.Stations[0];
        run.Timeline.Note($"cutting {station.Id} off from both regions");
        run.System.CutLinks(station.Id, cut: true);
        await run.LoadAsync(s_dark).ConfigureAwait(false);
        var dark = (await run.System.GatewayPagesAsync(run.Cancelled).ConfigureAwait(false))[station.Id];
        run.Timeline.Note($"link is back; {dark?.Depth:N0} entries wait in the journal");
        run.System.CutLinks(station.Id, cut: false);
        // From the last look that found it unconnected: rather a little too slow a drain than too fast a one.
        var from = run.Now;
        await run.UntilAsync("connection after the link is back", TimeSpan.FromSeconds(30), async () =>
        {
            var looked = run.Now;
            var connected = (await PageAsync(run, station).ConfigureAwait(false)) is { Connected: true };
            from = connected ? from : looked;
            return connected;
        }).ConfigureAwait(false);
        await run.UntilAsync("backlog in both stores", TimeSpan.FromSeconds(120), async () =>
            (await PageAsync(run, station).ConfigureAwait(false)) is { } page && page.Regions.Values.All(r => r.CommittedThrough >= dark!.NextOffset)).ConfigureAwait(false);
        var drained = run.Now;
        var seconds = (drained - from).TotalSeconds;
        if (dark!.Depth >= LeastForARate)
        {
            run.Measures = run.Measures with { DrainPacketsPerSecond = Math.Round(dark.Depth / seconds) };
        }

        run.Timeline.Note($"the backlog is in both stores {seconds:0.0} s after the gateway connected again{(run.Measures.DrainPacketsPerSecond is { } rate ? $": {rate:N0} packets/s" : "")}");
        await MeasureLiveAsync(run, station, from, drained).ConfigureAwait(false);
    }

    // Packets that came in while the backlog drained; the last of them need a moment.
    private static async Task MeasureLiveAsync(DrillRun run, DemoStation station, DateTimeOffset from, DateTimeOffset drained)
    {
        var last = (await PageAsync(run, station).ConfigureAwait(false))?.NextOffset;
        await run.UntilAsync("live packets in both stores", TimeSpan.FromSeconds(30), async () =>
            (await PageAsync(run, station).ConfigureAwait(false)) is { } page && page.Regions.Values.All(r => r.CommittedThrough >= last - 1)).ConfigureAwait(false);
        var (lag, packets) = await CommitLag.ReadAsync(run.System.StoreUrl(station.HomeRegion), station.Id, from, drained, run.Cancelled).ConfigureAwait(false);
        if (packets == 0)
        {
            return;
        }

        run.Measures = run.Measures with { LiveDuringDrain = lag };
        run.Timeline.Note($"{packets:N0} live packets came in meanwhile: at the store after {lag.P50} ms (P50), {lag.P95} ms (P95), {lag.P99} ms (P99)");
    }

    private static async Task<GatewayPage?> PageAsync(DrillRun run, DemoStation station) =>
        (await run.System.GatewayPagesAsync(run.Cancelled).ConfigureAwait(false))[station.Id];
}
