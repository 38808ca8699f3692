using System.Diagnostics.CodeAnalysis;
using OutbackUptime.Grains.Stores;

namespace OutbackUptime.Silo.Tests.Placement;

/// <summary>Stores that take everything and remember nothing but a count.</summary>
internal sealed class TestStores : IRegionStores
{
    private readonly TestStore[] _all = [new("syd"), new("mel")];

    public IReadOnlyList<IRegionStore> All => _all;

    public bool TryGet(string region, [NotNullWhen(true)] out IRegionStore? store) => (store = _all.FirstOrDefault(s => s.Region == region)) is not null;

    private sealed class TestStore(string region) : IRegionStore
    {
        public string Region => region;

        public bool IsAvailable => true;

        public ValueTask<StoreCommit> WriteAsync(StoreBatch batch) => new(StoreCommit.Done);

        public Task<IReadOnlyList<CommittedKey>> ReadRecentKeysAsync(string station, int perBoot, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<CommittedKey>>([]);
    }
}
