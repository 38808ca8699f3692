using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using OutbackUptime.Grains.Stations;
using OutbackUptime.Silo.GiveBack;

namespace OutbackUptime.Silo.Placement;

/// <summary>
/// A station's grain goes to its home region while that has an active silo, else to any. A silo that is draining takes none
/// if there is another. The same rule brings grains home: a migration asks it again.
/// </summary>
internal sealed class HomeRegionFilterDirector(IRegionMap regions, IStationRegistrySource registry, DrainState drain, ILocalSiloDetails local) : IPlacementFilterDirector
{
    /// <inheritdoc/>
    public IEnumerable<SiloAddress> Filter(PlacementFilterStrategy filterStrategy, PlacementTarget target, IEnumerable<SiloAddress> silos)
    {
        var candidates = silos.ToList();
        if (drain.IsDraining && candidates.Count > 1)
        {
            candidates.Remove(local.SiloAddress);
        }

        if (!registry.Current.TryGet(target.GrainIdentity.Key.ToString()!, out var station))
        {
            return candidates;
        }

        var home = candidates.FindAll(s => regions.RegionOf(s) == station.HomeRegion);
        return home.Count > 0 ? home : candidates;
    }
}
