using OutbackUptime.Demo.Cluster;

namespace OutbackUptime.Demo.Drills;

/// <summary>A gateway's disk runs full while its link is down.</summary>
internal sealed class DiskFullDrill : IDrill
{
    private static readonly TimeSpan s_full = TimeSpan.FromSeconds(8);

    public string Name => "disk-full";

    public string Story => "a station's link is down and its gateway's disk full to the last block: hubs keep their packets; then both are back";

    public SystemNeeds Needs { get; } = new() { Links = true, DiskMegabytes = 64 };

    // Enough to need new blocks soon.
    public DemoOptions Adapt(DemoOptions options) => options with { Interval = TimeSpan.FromTicks(Math.Min(options.Interval.Ticks, TimeSpan.FromMilliseconds(100).Ticks)) };

    public async Task RunAsync(DrillRun run)
    {
        var station = run.System.Stations[0];
        if (!run.System.Disks.TryGetValue(station.Id, out var disk))
        {
            run.Timeline.Note("skipped: no disk of its own on this machine (needs root and loop devices)");
            return;
        }

        run.System.CutLinks(station.Id, cut: true);
        await disk.FillAsync().ConfigureAwait(false);
        run.Timeline.Note($"{station.Id}: link cut, disk full");
        var accepted = -1L;
        await run.UntilAsync("gateway takes no packet more", TimeSpan.FromSeconds(90), async () =>
        {
            var before = accepted;
            await run.LoadAsync(TimeSpan.FromSeconds(1)).ConfigureAwait(false);
            accepted = (await PageAsync(run, station).ConfigureAwait(false))?.Packets.Accepted ?? accepted;
            return accepted == before;
        }).ConfigureAwait(false);
        run.Timeline.Note($"the gateway acknowledges nothing more, and lives (pid {run.System.Gateways[station.Id].Pid}); {accepted:N0} packets taken in so far");
        await run.LoadAsync(s_full).ConfigureAwait(false);
        if (!run.System.Gateways[station.Id].IsRunning)
        {
            throw new DrillFailedException("the gateway died of a full disk");
        }

        disk.Empty();
        run.Timeline.Note("disk has room again");
        await run.UntilAsync("packets are taken in again", TimeSpan.FromSeconds(30), async () =>
            (await PageAsync(run, station).ConfigureAwait(false))?.Packets.Accepted > accepted).ConfigureAwait(false);
        run.Timeline.Note("the gateway takes packets in again, by itself");
        run.System.CutLinks(station.Id, cut: false);
        await run.LoadAsync(TimeSpan.FromSeconds(5)).ConfigureAwait(false);
    }

    private static async Task<GatewayPage?> PageAsync(DrillRun run, DemoStation station) =>
        (await run.System.GatewayPagesAsync(run.Cancelled).ConfigureAwait(false))[station.Id];
}
