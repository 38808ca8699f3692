using Orleans.Placement;

namespace OutbackUptime.Grains.Placement;

/// <summary>Names the filter; the rule is the silo's.</summary>
public sealed class HomeRegionPlacementFilter : PlacementFilterStrategy
{
    /// <summary>Orleans makes it by this constructor.</summary>
    public HomeRegionPlacementFilter()
        : base(order: 0)
    {
    }
}
