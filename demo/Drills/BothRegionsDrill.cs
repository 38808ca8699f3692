namespace OutbackUptime.Demo.Drills;

/// <summary>Both regions die.</summary>
internal sealed class BothRegionsDrill : IDrill
{
    public string Name => "both-regions";

    public string Story => "SIGKILL of both regions; hubs go on getting PUBACKs; everything arrives when the regions are back";

    public async Task RunAsync(DrillRun run)
    {
        await run.KillRegionAsync("syd").ConfigureAwait(false);
        await run.KillRegionAsync("mel").ConfigureAwait(false);
        var before = await run.System.GatewayPagesAsync(run.Cancelled).ConfigureAwait(false);
        await run.LoadAsync(TimeSpan.FromSeconds(8)).ConfigureAwait(false);
        var after = await run.System.GatewayPagesAsync(run.Cancelled).ConfigureAwait(false);
        run.Timeline.Note($"journaled and acknowledged meanwhile: {after.Sum(p => p.Value?.NextOffset - before[p.Key]?.NextOffset):N0}");
        await Task.WhenAll(run.StartRegionAsync("syd"), run.StartRegionAsync("mel")).ConfigureAwait(false);
        await run.UntilAsync("commits in both stores", TimeSpan.FromSeconds(120), async () =>
            (await run.System.GatewayPagesAsync(run.Cancelled).ConfigureAwait(false)).All(p =>
                p.Value?.Regions.Values.All(r => r.CommittedThrough > after[p.Key]?.NextOffset) == true)).ConfigureAwait(false);
        run.Timeline.Note("packets published after the loss are in both stores");
    }
}
