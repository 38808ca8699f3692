using Microsoft.Extensions.DependencyInjection;
using Orleans.Placement;
using Orleans.Runtime;
using Orleans.TestingHost;
using OutbackUptime.Grains.Placement;
using OutbackUptime.Grains.Stations;
using OutbackUptime.Grains.Stores;
using OutbackUptime.Silo.FailureDetection;
using OutbackUptime.Silo.GiveBack;
using OutbackUptime.Silo.LiveTail;
using OutbackUptime.Silo.Placement;
using OutbackUptime.Testing;

namespace OutbackUptime.Silo.Tests.Placement;

/// <summary>Four silos, two a region: where stations are, and where they go when a region dies. That they come home is the region-loss drill's to show.</summary>
[Trait("Suite", "Slow")]
public sealed class HomeRegionTests : IAsyncLifetime
{
    private readonly TestRegions _regions = new();
    private InProcessTestCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(4);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.UseFastFailureDetection();
            silo.AddMemoryStreams(Grains.LiveTail.LiveTailStreams.Provider);
            silo.AddMemoryGrainStorage("PubSubStore");
            silo.Services.AddMetrics();
            silo.Services.AddSingleton(TimeProvider.System);
            silo.Services.AddSingleton<IRegionStores, TestStores>();
            silo.Services.AddSingleton<IStationRegistrySource, TestRegistry>();
            silo.Services.AddSingleton<StationActivations>();
            silo.Services.AddSingleton<StationInstruments>();
            silo.Services.AddSingleton<DrainState>();
            silo.Services.AddSingleton<IRegionMap>(_regions);
            silo.Services.AddPlacementFilter<HomeRegionPlacementFilter, HomeRegionFilterDirector>(ServiceLifetime.Singleton);
            silo.Services.Configure<StationOptions>(o => o.Region = "syd");
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        for (var i = 0; i < 4; i++)
        {
            _regions.Map[_cluster.Silos[i].SiloAddress] = i % 2 == 0 ? "syd" : "mel";
        }
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Stations_LiveAtHome_AndMoveWhenItDies()
    {
        await CallAllAsync();
        Assert.Equal((20, 0), await WhereAsync(TestRegistry.Sydney));
        Assert.Equal((0, 20), await WhereAsync(TestRegistry.Melbourne));

        foreach (var silo in SilosOf("syd"))
        {
            await _cluster.KillSiloAsync(silo);
        }

        await Eventually.TrueAsync(TryCallAllAsync, TimeSpan.FromSeconds(30));
        Assert.Equal((0, 20), await WhereAsync(TestRegistry.Sydney));

        Assert.Equal((0, 20), await WhereAsync(TestRegistry.Melbourne));
    }

    private List<InProcessSiloHandle> SilosOf(string region) => [.. _cluster.Silos.Where(s => _regions.RegionOf(s.SiloAddress) == region)];

    private Task CallAllAsync() => Task.WhenAll(TestRegistry.Sydney.Concat(TestRegistry.Melbourne).Select(s =>
        _cluster.Client.GetGrain<IStationGrain>(s).Settle(Guid.NewGuid()).AsTask()));

    private async Task<bool> TryCallAllAsync()
    {
        try
        {
            await CallAllAsync();
            return true;
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            return false;
        }
    }

    private async Task<(int Sydney, int Melbourne)> WhereAsync(string[] stations)
    {
        var management = _cluster.Client.GetGrain<IManagementGrain>(0);
        var homes = new List<string?>();
        foreach (var station in stations)
        {
            var address = await management.GetActivationAddress(_cluster.Client.GetGrain<IStationGrain>(station));
            homes.Add(address is null ? null : _regions.RegionOf(address));
        }

        return (homes.Count(h => h == "syd"), homes.Count(h => h == "mel"));
    }
}
