using Microsoft.Extensions.Hosting;
using OutbackUptime.Grains.Stores;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.ClickHouse.Tests.Engine;

/// <summary>A real engine, and silos' stores on it.</summary>
public sealed class StoreFixture : IAsyncLifetime
{
    public ClickHouseServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await ClickHouseServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();

    /// <summary>The stores of one silo, started; the caller disposes of the host.</summary>
    internal Task<(IHost Host, IRegionStore Store)> StartStoreAsync(string database) => new StoreFixtureOn(Server).StartStoreAsync(database);
}
