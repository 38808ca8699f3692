using OutbackUptime.Demo.Cluster;
using OutbackUptime.Demo.Processes;
using OutbackUptime.Demo.Reports;

namespace OutbackUptime.Demo.Drills;

/// <summary>What a drill works with: the running system under load, and ways to wait for what must happen.</summary>
internal sealed class DrillRun(DemoSystem system, Timeline timeline, TimeProvider time, CancellationToken cancellationToken)
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);

    public DemoSystem System => system;

    public Timeline Timeline => timeline;

    public CancellationToken Cancelled => cancellationToken;

    public DateTimeOffset Now => time.GetUtcNow();

    public TimeProvider Time => time;

    public DrillMeasures Measures { get; set; } = new();

    /// <summary>Lets the load go on.</summary>
    public Task LoadAsync(TimeSpan duration) => Task.Delay(duration, time, cancellationToken);

    /// <summary>How long something took, in seconds.</summary>
    public async Task<double> MeasureAsync(Func<Task> action)
    {
        var started = time.GetTimestamp();
        await action().ConfigureAwait(false);
        return time.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Waits for a condition; a drill in which it does not come true within the limit has failed.</summary>
    public async Task UntilAsync(string what, TimeSpan limit, Func<Task<bool>> condition)
    {
        var started = time.GetTimestamp();
        while (!await condition().ConfigureAwait(false))
        {
            if (time.GetElapsedTime(started) > limit)
            {
                throw new DrillFailedException($"{what}: not within {limit.TotalSeconds:0} s");
            }

            await Task.Delay(s_look, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>SIGKILLs a region: its silos and, if it is the demo's own, its store.</summary>
    public async Task<DateTimeOffset> KillRegionAsync(string region)
    {
        var at = time.GetUtcNow();
        var children = RegionOf(region).ToList();
        timeline.Note($"SIGKILL {region}: {string.Join(", ", children.Select(c => $"{c.Name} (pid {c.Pid})"))}");
        await Task.WhenAll(children.Select(c => c.KillAsync())).ConfigureAwait(false);
        return at;
    }

    /// <summary>Starts a region again and waits until its silos are ready.</summary>
    public async Task<DateTimeOffset> StartRegionAsync(string region)
    {
        await StartAsync([.. RegionOf(region)]).ConfigureAwait(false);
        return time.GetUtcNow();
    }

    /// <summary>Starts children and waits until they are ready.</summary>
    public async Task StartAsync(params Child[] children)
    {
        timeline.Note($"starting {string.Join(", ", children.Select(c => c.Name))}");
        await Task.WhenAll(children.Select(c => c.StartAsync())).ConfigureAwait(false);
        await Task.WhenAll(children.Select(c => c.WaitReadyAsync(TimeSpan.FromSeconds(120), cancellationToken))).ConfigureAwait(false);
        timeline.Note($"ready: {string.Join(", ", children.Select(c => c.Name))}");
    }

    /// <summary>
    /// Gateways lose power, and with it what their disks were not yet told to keep; then they start again. Without disks of their
    /// own it is a SIGKILL, which loses nothing that was written.
    /// </summary>
    public async Task PowerCutAsync(params Child[] gateways)
    {
        timeline.Note($"power off: {string.Join(", ", gateways.Select(g => g.Name))}");
        var disks = system.Disks.Where(d => gateways.Contains(system.Gateways[d.Key])).Select(d => d.Value).ToArray();
        // Frozen first: a packet acknowledged after the disk was looked at would be one more than the disk can know of.
        Array.ForEach(gateways, g => g.Pause(true));
        await Task.WhenAll(disks.Select(d => d.SnapshotAsync())).ConfigureAwait(false);
        await Task.WhenAll(gateways.Select(g => g.KillAsync())).ConfigureAwait(false);
        await Task.WhenAll(disks.Select(d => d.RestoreAsync())).ConfigureAwait(false);
        await StartAsync(gateways).ConfigureAwait(false);
    }

    /// <summary>
    /// Waits until every gateway that left the region has a receipt with a commit through another one; returns the longest time
    /// from <paramref name="killedAt"/> to such a receipt.
    /// </summary>
    public async Task<double> TakeoverAsync(string region, DateTimeOffset killedAt)
    {
        var affected = system.Stations.Where(s => s.HomeRegion == region).ToList();
        var worst = 0.0;
        await UntilAsync($"takeover of {region}'s stations", TimeSpan.FromSeconds(90), async () =>
        {
            var pages = await system.GatewayPagesAsync(cancellationToken).ConfigureAwait(false);
            var receipts = affected.Select(s => pages[s.Id]?.Switches.FindLast(w => w.From == region && w.At >= killedAt)?.FirstReceiptAt).ToList();
            if (receipts.Exists(r => r is null))
            {
                return false;
            }

            worst = receipts.Max(r => (r!.Value - killedAt).TotalSeconds);
            return true;
        }).ConfigureAwait(false);
        timeline.Note($"taken over: first commits by the peer after {worst:0.0} s (the slowest of {affected.Count} gateways)");
        return Math.Round(worst, 2);
    }

    /// <summary>Waits until all gateways speak to their homes and all stations are active there; returns how long it took.</summary>
    public async Task<double> GiveBackAsync(DateTimeOffset since)
    {
        await UntilAsync("give-back", TimeSpan.FromSeconds(120), IsAllAtHomeAsync).ConfigureAwait(false);
        var seconds = Math.Round((time.GetUtcNow() - since).TotalSeconds, 2);
        timeline.Note($"given back: all gateways and stations at home after {seconds:0.0} s");
        return seconds;
    }

    /// <summary>
    /// Whether every gateway speaks to its home and every station is active there; in a stretched cluster nowhere else (in cells the
    /// other region's activation idles away by itself).
    /// </summary>
    public async Task<bool> IsAllAtHomeAsync()
    {
        var gateways = await system.GatewayPagesAsync(cancellationToken).ConfigureAwait(false);
        var silos = await system.SiloPagesAsync(cancellationToken).ConfigureAwait(false);
        return system.Stations.All(station =>
            gateways[station.Id] is { Connected: true } page && page.CurrentRegion == station.HomeRegion
            && silos.Where(s => s.Value?.Stations.Exists(t => t.Id == station.Id) == true).ToList() is [_, ..] owners
            && (system.IsStretched ? owners.TrueForAll(o => DemoSystem.RegionOf(o.Key) == station.HomeRegion) : owners.Exists(o => DemoSystem.RegionOf(o.Key) == station.HomeRegion)));
    }

    /// <summary>Waits until every gateway's entries are in both stores (and so trimmed).</summary>
    public async Task WholeAsync(TimeSpan limit)
    {
        await UntilAsync("both stores whole", limit, async () =>
            (await system.GatewayPagesAsync(cancellationToken).ConfigureAwait(false)).Values.All(p => p is { Depth: 0 })).ConfigureAwait(false);
        timeline.Note("both stores are whole: every journal is empty");
    }

    private IEnumerable<Child> RegionOf(string region) =>
        system.Stores.TryGetValue(region, out var store) ? system.SilosOf(region).Prepend(store) : system.SilosOf(region);
}
