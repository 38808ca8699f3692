using System.Diagnostics.CodeAnalysis;

namespace OutbackUptime.Grains.Stores;

/// <summary>The stores of all regions.</summary>
public interface IRegionStores
{
    /// <summary>One per region, in the registry's order.</summary>
    IReadOnlyList<IRegionStore> All { get; }

    /// <summary>Finds a region's store.</summary>
    bool TryGet(string region, [NotNullWhen(true)] out IRegionStore? store);
}
