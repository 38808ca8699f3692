using OutbackUptime.Demo.Cluster;

namespace OutbackUptime.Demo.Drills;

/// <summary>A journal that is too small for the outage: the overflow policy acts, and names all that it gives up.</summary>
internal sealed class OverflowDrill : IDrill
{
    private static readonly TimeSpan s_outage = TimeSpan.FromSeconds(15);

    public string Name => "overflow";

    public string Story => "a gateway with a journal of 4 MiB: first Melbourne's store is gone (what Sydney has is dropped for it), then both regions (hubs are told to keep their packets); all of it is named";

    public SystemNeeds Needs { get; } = new() { Links = true, GatewaySettings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Journal__MaxBytes"] = $"{4 << 20}" } };

    public DemoOptions Adapt(DemoOptions options) => options with { Stations = 1, Hubs = 60, Interval = TimeSpan.FromMilliseconds(60) };

    public async Task RunAsync(DrillRun run)
    {
        if (!run.System.Stores.TryGetValue("mel", out var store))
        {
            throw new DrillFailedException("the store of mel is not the demo's own (OUTBACK_CLICKHOUSE_MEL is set): it can't be killed");
        }

        var station = run.System.Stations[0];
        run.Timeline.Note($"SIGKILL {store.Name} (pid {store.Pid})");
        await store.KillAsync().ConfigureAwait(false);
        await GivenUpAsync(run, station, "evicted").ConfigureAwait(false);
        await run.StartAsync(store).ConfigureAwait(false);
        await run.LoadAsync(TimeSpan.FromSeconds(3)).ConfigureAwait(false);
        run.Timeline.Note($"{station.Id} goes dark");
        run.System.CutLinks(station.Id, cut: true);
        await RefusesAsync(run, station).ConfigureAwait(false);
        run.System.CutLinks(station.Id, cut: false);
        run.Timeline.Note("link is back");
        await run.LoadAsync(TimeSpan.FromSeconds(3)).ConfigureAwait(false);
    }

    /// <summary>Waits until the journal is at its quota. (Thinning takes whole quarters of an hour: longer than a drill.)</summary>
    private static async Task RefusesAsync(DrillRun run, DemoStation station)
    {
        var accepted = -1L;
        await run.UntilAsync("packets are refused", TimeSpan.FromSeconds(60), async () =>
        {
            var before = accepted;
            await run.LoadAsync(TimeSpan.FromSeconds(1)).ConfigureAwait(false);
            accepted = (await run.System.GatewayPagesAsync(run.Cancelled).ConfigureAwait(false))[station.Id]?.Packets.Accepted ?? accepted;
            return accepted == before;
        }).ConfigureAwait(false);
        run.Timeline.Note("the journal is at its quota: hubs are told to keep their packets");
        await run.LoadAsync(s_outage / 3).ConfigureAwait(false);
    }

    /// <summary>Waits until the policy has had to act, and some time more.</summary>
    private static async Task GivenUpAsync(DrillRun run, DemoStation station, string cause)
    {
        var packets = 0L;
        await run.UntilAsync($"packets are {cause}", TimeSpan.FromSeconds(60), async () =>
        {
            var page = (await run.System.GatewayPagesAsync(run.Cancelled).ConfigureAwait(false))[station.Id];
            packets = page?.GivenUp?.GetValueOrDefault(cause) ?? 0;
            return packets > 0;
        }).ConfigureAwait(false);
        run.Timeline.Note($"the journal nears its quota: the first {packets:N0} packets are {cause}");
        await run.LoadAsync(s_outage / 3).ConfigureAwait(false);
    }
}
