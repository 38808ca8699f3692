using System.Diagnostics.CodeAnalysis;
using OutbackUptime.Grains.Stores;

namespace OutbackUptime.Grains.Tests.Stations;

internal sealed class GatedStores : IRegionStores
{
    public GatedStore Syd { get; } = new("syd");

    public GatedStore Mel { get; } = new("mel");

    public IReadOnlyList<IRegionStore> All => [Syd, Mel];

    public bool TryGet(string region, [NotNullWhen(true)] out IRegionStore? store) =>
        (store = All.FirstOrDefault(s => s.Region == region)) is not null;
}
