namespace OutbackUptime.Demo.Drills;

/// <summary>The regions can't reach each other; gateways and the witness reach both.</summary>
internal sealed class PartitionDrill : IDrill
{
    private static readonly TimeSpan s_cut = TimeSpan.FromSeconds(20);

    public string Name => "partition";

    public string Story => $"the link between the regions swallows packets for {s_cut.TotalSeconds:0} s; one side may be evicted; the stores come out the same";

    public bool NeedsNetwork => true;

    public async Task RunAsync(DrillRun run)
    {
        if (run.System.Network.IsIsolated)
        {
            run.Timeline.Note("cutting the regions off from each other");
            await run.System.Network.CutAsync(cut: true).ConfigureAwait(false);
            await run.LoadAsync(s_cut).ConfigureAwait(false);
            await run.System.Network.CutAsync(cut: false).ConfigureAwait(false);
            run.Timeline.Note("the regions reach each other again");
        }
        else
        {
            run.Timeline.Note("no network namespaces on this machine: SIGSTOP of Sydney's silos and store instead (they hang, nobody is told)");
            var children = run.System.SilosOf("syd").Concat(run.System.Stores.Where(s => s.Key == "syd").Select(s => s.Value)).ToList();
            children.ForEach(c => c.Pause(true));
            await run.LoadAsync(s_cut).ConfigureAwait(false);
            children.ForEach(c => c.Pause(false));
            run.Timeline.Note("SIGCONT: they go on where they were");
        }

        await run.UntilAsync("all silos ready again", TimeSpan.FromSeconds(120), async () =>
            (await run.System.SiloPagesAsync(run.Cancelled).ConfigureAwait(false)).Values.All(p => p?.Active == true && p.Stores.TrueForAll(s => s.Available))).ConfigureAwait(false);
        var restarts = run.System.Silos.Values.Where(s => s.Restarts > 0).Select(s => s.Name).ToList();
        run.Timeline.Note(restarts.Count > 0 ? $"all silos are active; evicted and restarted meanwhile: {string.Join(", ", restarts)}" : "all silos are active; none was evicted");
        await run.LoadAsync(TimeSpan.FromSeconds(8)).ConfigureAwait(false);
    }
}
