namespace OutbackUptime.Demo.Drills;

/// <summary>A deployment: every silo is stopped and started, one after the other.</summary>
internal sealed class RollingRestartDrill : IDrill
{
    public string Name => "rolling-restart";

    public string Story => "SIGTERM and start of one silo after the other; each drains before it goes";

    public int SilosPerRegion => 2;

    public async Task RunAsync(DrillRun run)
    {
        foreach (var silo in run.System.Silos.Values)
        {
            run.Timeline.Note($"SIGTERM {silo.Name}");
            await silo.StopAsync(TimeSpan.FromSeconds(40)).ConfigureAwait(false);
            await run.StartAsync(silo).ConfigureAwait(false);
            await run.LoadAsync(TimeSpan.FromSeconds(1)).ConfigureAwait(false);
        }
    }
}
