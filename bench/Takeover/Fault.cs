using OutbackUptime.Demo.Cluster;
using OutbackUptime.Demo.Drills;
using OutbackUptime.Demo.Processes;

namespace OutbackUptime.Bench.Takeover;

/// <summary>One fault: whom it hits, how it is done and undone.</summary>
internal sealed class Fault
{
    private readonly DrillRun _run;
    private readonly FaultKind _kind;
    private readonly Child[] _children;

    private Fault(DrillRun run, FaultKind kind, string victim, Child[] children, IReadOnlyList<DemoStation> stations) =>
        (_run, _kind, Victim, _children, Stations) = (run, kind, victim, children, stations);

    /// <summary>A silo or a region.</summary>
    public string Victim { get; }

    /// <summary>The stations that it hits.</summary>
    public IReadOnlyList<DemoStation> Stations { get; }

    /// <summary>Aims at the silo, or the region, that has the most to do.</summary>
    public static async Task<Fault> AimAsync(DrillRun run, FaultKind kind, FaultScope scope)
    {
        var system = run.System;
        if (scope == FaultScope.Region)
        {
            var region = system.Stations.CountBy(s => s.HomeRegion).MaxBy(r => r.Value).Key;
            var store = system.Stores.TryGetValue(region, out var own) ? [own] : Array.Empty<Child>();
            return new Fault(run, kind, region, [.. store, .. system.SilosOf(region)], [.. system.Stations.Where(s => s.HomeRegion == region)]);
        }

        var pages = await system.SiloPagesAsync(run.Cancelled).ConfigureAwait(false);
        var hit = pages.ToDictionary(p => p.Key, p => Hit(system, p.Key, p.Value, kind), StringComparer.Ordinal);
        var silo = hit.MaxBy(h => h.Value.Count).Key;
        return new Fault(run, kind, silo, [system.Silos[silo]], hit[silo]);
    }

    /// <summary>Does it.</summary>
    public async Task StrikeAsync()
    {
        switch (_kind)
        {
            case FaultKind.Sigkill:
                await Task.WhenAll(_children.Select(c => c.KillAsync())).ConfigureAwait(false);
                break;
            case FaultKind.Sigstop:
                Array.ForEach(_children, c => c.Pause(true));
                break;
            default:
                _run.System.CutLinks(IsHit, cut: true);
                break;
        }
    }

    /// <summary>Undoes it. What was evicted meanwhile starts again by itself.</summary>
    public async Task HealAsync()
    {
        switch (_kind)
        {
            case FaultKind.Sigkill:
                await Task.WhenAll(_children.Select(c => c.StartAsync())).ConfigureAwait(false);
                break;
            case FaultKind.Sigstop:
                Array.ForEach(_children, c => c.Pause(false));
                break;
            default:
                _run.System.CutLinks(IsHit, cut: false);
                break;
        }
    }

    private bool IsHit(string station, string silo) => silo == Victim || DemoSystem.RegionOf(silo) == Victim;

    // Whose gateway speaks to the silo; whose grain is there too, unless only links are cut. All are at home: what is elsewhere (in
    // cells) is left over from the fault before, and idles away.
    private static List<DemoStation> Hit(DemoSystem system, string silo, SiloPage? page, FaultKind kind) =>
    [
        .. system.Stations.Where(s => s.HomeRegion == DemoSystem.RegionOf(silo)
            && (page?.Gateways?.Exists(g => g.Station == s.Id) == true
                || (kind != FaultKind.LinkCut && page?.Stations.Exists(t => t.Id == s.Id) == true))),
    ];
}
