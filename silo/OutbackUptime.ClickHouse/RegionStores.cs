using System.Diagnostics.CodeAnalysis;
using OutbackUptime.Grains.Stores;

namespace OutbackUptime.ClickHouse;

/// <summary>The stores of all regions.</summary>
internal sealed class RegionStores(IReadOnlyList<RegionStore> stores) : IRegionStores, IStoreStatusSource
{
    private readonly Dictionary<string, IRegionStore> _byRegion = stores.ToDictionary(s => s.Region, IRegionStore (s) => s, StringComparer.Ordinal);

    /// <inheritdoc/>
    public IReadOnlyList<IRegionStore> All { get; } = stores;

    /// <inheritdoc/>
    public IReadOnlyList<StoreStatus> Current => [.. stores.Select(s => s.Status)];

    /// <inheritdoc/>
    public bool TryGet(string region, [NotNullWhen(true)] out IRegionStore? store) => _byRegion.TryGetValue(region, out store);
}
