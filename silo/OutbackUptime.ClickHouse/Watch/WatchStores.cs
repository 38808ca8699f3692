using Microsoft.Extensions.Hosting;
using OutbackUptime.Grains.Watch;

namespace OutbackUptime.ClickHouse.Watch;

/// <summary>The stores of all regions for the watch, and the start and stop of their writers.</summary>
internal sealed class WatchStores(IReadOnlyList<WatchStore> stores) : IWatchStores, IHostedService, IDisposable
{
    /// <inheritdoc/>
    public IReadOnlyList<IWatchStore> All => stores;

    public Task StartAsync(CancellationToken cancellationToken) => Task.WhenAll(stores.Select(s => s.Writer.StartAsync(cancellationToken)));

    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(stores.Select(s => s.Writer.StopAsync(cancellationToken)));

    public void Dispose()
    {
        foreach (var store in stores)
        {
            store.Writer.Dispose();
        }
    }
}
