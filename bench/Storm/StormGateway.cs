using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OutbackUptime.Demo.Certificates;
using OutbackUptime.Demo.Cluster;
using OutbackUptime.EdgeGateway;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.EdgeGateway.Uplink;

namespace OutbackUptime.Bench.Storm;

/// <summary>The uplink of a gateway as it is, on a journal without a disk: pump, region choice, pacing, TLS and all.</summary>
internal sealed class StormGateway : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly IHostedService[] _hosted;

    public StormGateway(DemoStation station, StormJournal journal, IReadOnlyDictionary<string, string[]> endpoints, CertificateFiles? certificate, string ca, string folder, int seed)
    {
        Journal = journal;
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Uplink:CertificatePath"] = certificate?.Certificate ?? "",
            ["Uplink:KeyPath"] = certificate?.Key ?? "",
            ["Uplink:CaPath"] = certificate is null ? "" : ca,
        };
        foreach (var (region, urls) in endpoints)
        {
            for (var i = 0; i < urls.Length; i++)
            {
                settings[$"Uplink:Regions:{region}:Endpoints:{i}"] = urls[i];
            }
        }

        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMetrics();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new Random(seed));
        services.AddSingleton<IUplinkJournal>(journal);
        services.Configure<GatewayOptions>(o => (o.Station, o.HomeRegion, o.DataDirectory) = (station.Id, station.HomeRegion, folder));
        services.AddUplink(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        _services = services.BuildServiceProvider();
        _hosted = [.. _services.GetServices<IHostedService>()];
        Status = _services.GetRequiredService<IUplinkStatus>();
    }

    public StormJournal Journal { get; }

    public IUplinkStatus Status { get; }

    /// <summary>The link is back.</summary>
    public async Task StartAsync()
    {
        foreach (var service in _hosted)
        {
            await service.StartAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var service in _hosted)
        {
            await service.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }

        await _services.DisposeAsync().ConfigureAwait(false);
    }
}
