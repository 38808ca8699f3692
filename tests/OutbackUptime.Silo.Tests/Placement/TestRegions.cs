using System.Collections.Concurrent;
using Orleans.Runtime;
using OutbackUptime.Silo.Placement;

namespace OutbackUptime.Silo.Tests.Placement;

/// <summary>Regions by address: the test cluster names its silos itself.</summary>
internal sealed class TestRegions : IRegionMap
{
    public ConcurrentDictionary<SiloAddress, string> Map { get; } = new();

    public string? RegionOf(SiloAddress silo) => Map.GetValueOrDefault(silo);
}
