using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace OutbackUptime.Grains.Tests.Stations;

/// <summary>The one silo there is will do.</summary>
internal sealed class AnySilo : IPlacementFilterDirector
{
    public IEnumerable<SiloAddress> Filter(PlacementFilterStrategy filterStrategy, PlacementTarget target, IEnumerable<SiloAddress> silos) => silos;
}
