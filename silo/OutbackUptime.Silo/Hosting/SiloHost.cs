using System.Net;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Placement;
using OutbackUptime.ClickHouse;
using OutbackUptime.Grains.Placement;
using OutbackUptime.Silo.Admin;
using OutbackUptime.Silo.Clustering;
using OutbackUptime.Silo.FailureDetection;
using OutbackUptime.Silo.GiveBack;
using OutbackUptime.Silo.Ingest;
using OutbackUptime.Silo.Ledger;
using OutbackUptime.Silo.LiveTail;
using OutbackUptime.Silo.Placement;
using OutbackUptime.Silo.Registry;
using OutbackUptime.Silo.Telemetry;
using OutbackUptime.Silo.Watch;

namespace OutbackUptime.Silo.Hosting;

/// <summary>Composes a silo.</summary>
internal static class SiloHost
{
    /// <summary>Builds it; <see cref="WebApplication.RunAsync(string?)"/> runs it until SIGTERM.</summary>
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var silo = builder.Configuration.GetSection("Silo").Get<SiloHostOptions>() ?? new SiloHostOptions();
        services.AddOptionsWithValidateOnStart<SiloHostOptions, SiloHostOptionsValidator>().BindConfiguration("Silo");
        services.AddSingleton(TimeProvider.System);
        services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(30));
        services.AddStationRegistry();
        services.AddClickHouseStores(builder.Configuration);
        services.AddOptions<StoreOptions>().PostConfigure<IOptions<SiloHostOptions>>((stores, silo) =>
        {
            if (stores.Regions.TryGetValue(silo.Value.Region, out var own))
            {
                own.Compress ??= false;
            }
        });
        services.AddLedger();
        services.AddIngest();
        builder.Host.UseOrleans(orleans => Configure(orleans, silo));

        // After Orleans: hosted services stop in reverse order, and a drain needs a working silo.
        services.AddOptionsWithValidateOnStart<GiveBackOptions, GiveBackOptionsValidator>().BindConfiguration("GiveBack");
        services.AddSingleton<DrainState>();
        services.AddSingleton<StationMover>();
        services.AddSingleton<GiveBackService>();
        services.AddHostedService(p => p.GetRequiredService<GiveBackService>());
        services.AddHostedService<DrainService>();
        services.AddWatch();
        services.AddSiloTelemetry(builder.Configuration, silo);
        services.AddAdmin(builder.WebHost, builder.Configuration);

        var app = builder.Build();
        app.MapIngest();
        app.MapAdmin();
        return app;
    }

    private static void Configure(ISiloBuilder orleans, SiloHostOptions silo)
    {
        // An invalid address is reported by the options' validation; the builder only needs something to go on with.
        var address = IPAddress.TryParse(silo.Address, out var parsed) ? parsed : IPAddress.Loopback;
        orleans.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (silo.EffectiveClusterId, silo.ServiceId));
        orleans.Configure<SiloOptions>(o => o.SiloName = silo.Name);
        orleans.ConfigureEndpoints(address, silo.SiloPort, silo.GatewayPort, listenOnAnyHostAddress: !IPAddress.IsLoopback(address));
        orleans.UseAzureTableMembership();
        orleans.UseFastFailureDetection();
        orleans.AddActivityPropagation();
        orleans.AddLiveTail();
        orleans.AddDashboard(o => o.HideTrace = true);
        orleans.Services.AddSingleton<IRegionMap, SiloNameRegionMap>();
        orleans.Services.AddPlacementFilter<HomeRegionPlacementFilter, HomeRegionFilterDirector>(ServiceLifetime.Singleton);
    }
}
