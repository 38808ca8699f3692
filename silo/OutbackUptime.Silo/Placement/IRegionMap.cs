using Orleans.Runtime;

namespace OutbackUptime.Silo.Placement;

/// <summary>Which region a silo is in.</summary>
internal interface IRegionMap
{
    /// <summary>The region, or null for a silo that is not known (any more).</summary>
    string? RegionOf(SiloAddress silo);
}
