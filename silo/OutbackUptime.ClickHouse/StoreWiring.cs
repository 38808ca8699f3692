using ClickHouse.Driver;
using OutbackUptime.ClickHouse.Querying;
using OutbackUptime.ClickHouse.Watch;
using OutbackUptime.ClickHouse.Writing;

namespace OutbackUptime.ClickHouse;

/// <summary>What belongs to one region's store.</summary>
internal sealed record StoreWiring(RegionStore Store, StoreWriter Writer, IStoreReader Reader, WatchStore Watch, ClickHouseClient Client) : IDisposable
{
    public void Dispose()
    {
        Writer.Dispose();
        Watch.Dispose();
        Client.Dispose();
    }
}
