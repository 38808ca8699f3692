namespace OutbackUptime.Demo.Drills;

/// <summary>One region's store dies; its silos live.</summary>
internal sealed class StoreLossDrill : IDrill
{
    public string Name => "store-loss";

    public string Story => "SIGKILL of Melbourne's store; packets go on into Sydney's; the journal feeds Melbourne's when it is back";

    public async Task RunAsync(DrillRun run)
    {
        if (!run.System.Stores.TryGetValue("mel", out var store))
        {
            throw new DrillFailedException("the store of mel is not the demo's own (OUTBACK_CLICKHOUSE_MEL is set): it can't be killed");
        }

        run.Timeline.Note($"SIGKILL {store.Name} (pid {store.Pid})");
        await store.KillAsync().ConfigureAwait(false);
        var before = await run.System.GatewayPagesAsync(run.Cancelled).ConfigureAwait(false);
        await run.UntilAsync("commits in the other store", TimeSpan.FromSeconds(20), async () =>
            (await run.System.GatewayPagesAsync(run.Cancelled).ConfigureAwait(false)).All(p =>
                p.Value?.Regions["syd"].CommittedThrough > before[p.Key]?.NextOffset)).ConfigureAwait(false);
        run.Timeline.Note("packets published after the kill are committed in Sydney's store");
        await run.LoadAsync(TimeSpan.FromSeconds(6)).ConfigureAwait(false);
        await run.StartAsync(store).ConfigureAwait(false);
        await run.LoadAsync(TimeSpan.FromSeconds(3)).ConfigureAwait(false);
    }
}
