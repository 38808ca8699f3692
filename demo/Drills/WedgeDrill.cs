using OutbackUptime.Demo.Cluster;

namespace OutbackUptime.Demo.Drills;

/// <summary>A link that says "connected" and moves nothing, in one direction, towards the home region only.</summary>
internal sealed class WedgeDrill : IDrill
{
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(30);

    public string Name => "wedge";

    public string Story => "a station's link to its home region takes everything and passes nothing on, connected as ever; the gateway finds out, goes to the other region, and comes home when the link is mended";

    public SystemNeeds Needs { get; } = new() { Links = true };

    public async Task RunAsync(DrillRun run)
    {
        var station = run.System.Stations[0];
        var before = await PageAsync(run, station).ConfigureAwait(false);
        var at = run.Now;
        run.Timeline.Note($"{station.Id}'s link to {station.HomeRegion} swallows what the gateway sends, from now on");
        run.System.WedgeLinks(station.Id, station.HomeRegion, wedge: true);
        GatewaySwitch? left = null;
        await run.UntilAsync("the wedged link is left, and the other region commits", s_bound, async () =>
        {
            left = (await PageAsync(run, station).ConfigureAwait(false))?.Switches.FindLast(s => s.From == station.HomeRegion && s.At >= at);
            return left?.FirstReceiptAt is not null;
        }).ConfigureAwait(false);
        var found = (left!.At - at).TotalSeconds;
        run.Measures = run.Measures with { WedgeFoundSeconds = Math.Round(found, 2) };
        run.Timeline.Note($"found after {found:0.0} s ({left.Reason}); first commit by {left.To} {(left.FirstReceiptAt!.Value - at).TotalSeconds:0.0} s after the wedge");
        if ((await PageAsync(run, station).ConfigureAwait(false))?.Wedges <= before?.Wedges)
        {
            throw new DrillFailedException("the gateway did not count the wedge");
        }

        await run.LoadAsync(TimeSpan.FromSeconds(15)).ConfigureAwait(false);
        run.Timeline.Note($"mending the link; {(await PageAsync(run, station).ConfigureAwait(false))?.Depth:N0} entries wait in the journal");
        run.System.WedgeLinks(station.Id, station.HomeRegion, wedge: false);
        await run.GiveBackAsync(run.Now).ConfigureAwait(false);
        await run.LoadAsync(TimeSpan.FromSeconds(3)).ConfigureAwait(false);
    }

    private static async Task<GatewayPage?> PageAsync(DrillRun run, DemoStation station) =>
        (await run.System.GatewayPagesAsync(run.Cancelled).ConfigureAwait(false))[station.Id];
}
