namespace OutbackUptime.Demo.Drills;

/// <summary>A whole region dies at once.</summary>
internal sealed class RegionLossDrill : IDrill
{
    public string Name => "region-loss";

    public string Story => "SIGKILL of Sydney, silos and store; Melbourne takes over; Sydney comes back and gets its stations back";

    public async Task RunAsync(DrillRun run)
    {
        var killedAt = await run.KillRegionAsync("syd").ConfigureAwait(false);
        var takeover = await run.TakeoverAsync("syd", killedAt).ConfigureAwait(false);
        await run.LoadAsync(TimeSpan.FromSeconds(5)).ConfigureAwait(false);
        var readyAt = await run.StartRegionAsync("syd").ConfigureAwait(false);
        run.Measures = run.Measures with { TakeoverSeconds = takeover, GiveBackSeconds = await run.GiveBackAsync(readyAt).ConfigureAwait(false) };
        await run.LoadAsync(TimeSpan.FromSeconds(3)).ConfigureAwait(false);
    }
}
