using OutbackUptime.Demo.Cluster;
using OutbackUptime.Demo.Drills;
using OutbackUptime.Ledger.Report;

namespace OutbackUptime.Bench.Takeover;

/// <summary>One running system that faults are done to, one after the other.</summary>
internal sealed class TakeoverRun(DrillRun run, string topology, int silosOfACluster, TextWriter output)
{
    /// <summary>Longer than every timeout on the way.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_settleLimit = TimeSpan.FromSeconds(180);

    /// <summary>So many looks in a row must find it steady, 100 ms apart: a silo that is about to be evicted still looks well.</summary>
    private const int SteadyLooks = 5;

    /// <summary>Entries that may wait in a journal under the load of the suite: what a second brings.</summary>
    private const long SteadyDepth = 100;

    /// <summary>Faults done.</summary>
    public int Faults { get; private set; }

    /// <summary>Waits until all gateways and stations are at home, all silos know each other, and both stores have what there is.</summary>
    public async Task SteadyAsync()
    {
        var looks = 0;
        await run.UntilAsync("steady", s_settleLimit, async () => (looks = await IsSteadyAsync().ConfigureAwait(false) ? looks + 1 : 0) >= SteadyLooks).ConfigureAwait(false);
    }

    /// <summary>Does one fault, times it, heals it, and waits until all is steady.</summary>
    public async Task<TakeoverKill> OnceAsync(FaultKind kind, FaultScope scope)
    {
        Faults++;
        var fault = await Fault.AimAsync(run, kind, scope).ConfigureAwait(false);
        var at = run.Now;
        var started = run.Time.GetTimestamp();
        await fault.StrikeAsync().ConfigureAwait(false);
        var next = (await run.System.GatewayPagesAsync(run.Cancelled).ConfigureAwait(false)).ToDictionary(p => p.Key, p => p.Value?.NextOffset ?? 0, StringComparer.Ordinal);
        var inTime = await UntilCommittedAsync(fault, next, started).ConfigureAwait(false);
        var seconds = run.Time.GetElapsedTime(started).TotalSeconds;
        var pages = await run.System.GatewayPagesAsync(run.Cancelled).ConfigureAwait(false);
        var switches = fault.Stations.Select(s => pages[s.Id]?.Switches.FindLast(w => w.From == s.HomeRegion && w.At >= at)?.FirstReceiptAt).OfType<DateTimeOffset>().ToArray();
        await fault.HealAsync().ConfigureAwait(false);
        await BringHomeAsync().ConfigureAwait(false);
        await SteadyAsync().ConfigureAwait(false);
        return new TakeoverKill(
            topology, FaultNames.Of(kind), FaultNames.Of(scope), fault.Victim, at, fault.Stations.Count, Math.Round(seconds, 3), inTime,
            switches.Length == 0 ? null : Math.Round((switches.Max() - at).TotalSeconds, 3),
            Math.Round(run.Time.GetElapsedTime(started).TotalSeconds, 1));
    }

    /// <summary>Stops the hubs, waits until both stores are whole, and draws up the ledger.</summary>
    public async Task<TakeoverLedger> CloseAsync()
    {
        await run.System.HubProcess.StopAsync(TimeSpan.FromSeconds(15)).ConfigureAwait(false);
        await run.WholeAsync(TimeSpan.FromSeconds(120)).ConfigureAwait(false);
        var ledger = await DrillCommand.CheckAsync(run.System, run.Cancelled).ConfigureAwait(false);
        if (!ledger.Passed)
        {
            LedgerTable.Write(ledger, output);
        }

        return new TakeoverLedger(
            topology, Faults, ledger.Acknowledged, ledger.Stores.Values.Sum(s => s.Missing), ledger.Stores.Values.Sum(s => s.Duplicates), ledger.Stores.Values.Sum(s => s.Altered),
            ledger.Verdict, ledger.Reasons);
    }

    // A gateway trusts a home that it has to leave again and again less each time, and stays away for up to a minute. That is not what
    // is measured: once the silos are well, those that are away are started anew, and begin at home.
    private async Task BringHomeAsync()
    {
        await run.UntilAsync("silos active again", s_settleLimit, AreSilosWellAsync).ConfigureAwait(false);
        var pages = await run.System.GatewayPagesAsync(run.Cancelled).ConfigureAwait(false);
        var away = run.System.Stations.Where(s => pages[s.Id]?.CurrentRegion != s.HomeRegion).Select(s => run.System.Gateways[s.Id]).ToArray();
        await Task.WhenAll(away.Select(g => g.StopAsync(TimeSpan.FromSeconds(10)))).ConfigureAwait(false);
        await run.StartAsync(away).ConfigureAwait(false);
    }

    // The packet that each gateway accepted next after the fault, and so all before it, are in a store.
    private async Task<bool> UntilCommittedAsync(Fault fault, Dictionary<string, long> next, long started)
    {
        while (run.Time.GetElapsedTime(started) < s_limit)
        {
            var pages = await run.System.GatewayPagesAsync(run.Cancelled).ConfigureAwait(false);
            if (fault.Stations.All(s => pages[s.Id]?.Regions.Values.Any(r => r.CommittedThrough >= next[s.Id]) == true))
            {
                return true;
            }

            await Task.Delay(s_look, run.Time, run.Cancelled).ConfigureAwait(false);
        }

        return false;
    }

    private async Task<bool> AreSilosWellAsync()
    {
        var silos = await run.System.SiloPagesAsync(run.Cancelled).ConfigureAwait(false);
        return silos.Values.All(p => p is { Active: true } && p.Members.Count == silosOfACluster && p.Members.TrueForAll(m => m.Status == "Active") && p.Stores.TrueForAll(s => s.Available));
    }

    private async Task<bool> IsSteadyAsync()
    {
        if (!await AreSilosWellAsync().ConfigureAwait(false))
        {
            return false;
        }

        var gateways = await run.System.GatewayPagesAsync(run.Cancelled).ConfigureAwait(false);
        return gateways.Values.All(p => p is { Depth: < SteadyDepth } && p.Regions.Values.All(r => r.StoreAvailable))
            && await run.IsAllAtHomeAsync().ConfigureAwait(false);
    }
}
