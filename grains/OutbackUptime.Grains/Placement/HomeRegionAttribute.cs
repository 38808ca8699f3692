using Orleans.Placement;

namespace OutbackUptime.Grains.Placement;

/// <summary>Keeps a station's grain in its home region while that has a silo, else anywhere.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class HomeRegionAttribute() : PlacementFilterAttribute(new HomeRegionPlacementFilter());
