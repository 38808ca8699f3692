using Microsoft.Extensions.Hosting;

namespace OutbackUptime.ClickHouse;

/// <summary>Starts and stops the writers of all regions.</summary>
internal sealed class StoreWriters(IReadOnlyList<StoreWiring> stores) : IHostedService, IDisposable
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.WhenAll(stores.Select(s => s.Writer.StartAsync(cancellationToken)));

    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(stores.Select(s => s.Writer.StopAsync(cancellationToken)));

    public void Dispose()
    {
        foreach (var store in stores)
        {
            store.Dispose();
        }
    }
}
