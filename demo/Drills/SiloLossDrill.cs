namespace OutbackUptime.Demo.Drills;

/// <summary>One of a region's silos dies.</summary>
internal sealed class SiloLossDrill : IDrill
{
    public string Name => "silo-loss";

    public string Story => "SIGKILL of one of Sydney's silos; its stations go on in the other";

    public int SilosPerRegion => 2;

    public async Task RunAsync(DrillRun run)
    {
        var silo = run.System.Silos["syd-1"];
        run.Timeline.Note($"SIGKILL {silo.Name} (pid {silo.Pid})");
        await silo.KillAsync().ConfigureAwait(false);
        var before = await run.System.GatewayPagesAsync(run.Cancelled).ConfigureAwait(false);
        await run.UntilAsync("commits without it", TimeSpan.FromSeconds(30), async () =>
            (await run.System.GatewayPagesAsync(run.Cancelled).ConfigureAwait(false)).All(p =>
                p.Value?.Regions.Values.All(r => r.CommittedThrough > before[p.Key]?.NextOffset) == true)).ConfigureAwait(false);
        run.Timeline.Note("packets published after the kill are in both stores");
        await run.StartAsync(silo).ConfigureAwait(false);
        await run.LoadAsync(TimeSpan.FromSeconds(5)).ConfigureAwait(false);
    }
}
