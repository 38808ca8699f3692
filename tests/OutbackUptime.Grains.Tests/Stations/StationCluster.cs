using Microsoft.Extensions.DependencyInjection;
using Orleans.Placement;
using Orleans.TestingHost;
using OutbackUptime.Grains.Placement;
using OutbackUptime.Grains.Stations;

namespace OutbackUptime.Grains.Tests.Stations;

/// <summary>One silo, whose stores the test gates. One per test, for the gates are the silo's.</summary>
internal sealed class StationCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private StationCluster(InProcessTestCluster cluster, GatedStores stores, StationActivations activations)
    {
        _cluster = cluster;
        Stores = stores;
        Activations = activations;
    }

    public GatedStores Stores { get; }

    public StationActivations Activations { get; }

    public IStationGrain Station(string id) => _cluster.Client.GetGrain<IStationGrain>(id);

    public static async Task<StationCluster> StartAsync(Action<StationOptions>? configure = null)
    {
        var stores = new GatedStores();
        var activations = new StationActivations();
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddMetrics();
            silo.Services.AddPlacementFilter<HomeRegionPlacementFilter, AnySilo>(ServiceLifetime.Singleton);
            silo.Services.AddSingleton<Grains.Stores.IRegionStores>(stores);
            silo.Services.AddSingleton<IStationRegistrySource, FixedRegistry>();
            silo.Services.AddSingleton(activations);
            silo.Services.AddSingleton<StationInstruments>();
            silo.Services.Configure<StationOptions>(o =>
            {
                o.Region = "syd";
                configure?.Invoke(o);
            });
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new StationCluster(cluster, stores, activations);
    }

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();
}
