using ClickHouse.Driver;
using ClickHouse.Driver.ADO;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OutbackUptime.ClickHouse.Credentials;
using OutbackUptime.ClickHouse.Querying;
using OutbackUptime.ClickHouse.Reading;
using OutbackUptime.ClickHouse.Schema;
using OutbackUptime.ClickHouse.Watch;
using OutbackUptime.ClickHouse.Writing;
using OutbackUptime.Grains.Stores;
using OutbackUptime.Grains.Watch;

namespace OutbackUptime.ClickHouse;

/// <summary>Registers the stores.</summary>
public static class StoreServices
{
    /// <summary>Adds <see cref="IRegionStores"/> and a writer per region from section `Stores`.</summary>
    public static IServiceCollection AddClickHouseStores(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StoreOptions>().Bind(configuration.GetSection("Stores")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StoreOptions>, StoreOptionsValidator>();
        services.AddMetrics();
        services.AddSingleton<StoreInstruments>();
        services.AddSingleton<IReadOnlyList<StoreWiring>>(CreateWirings);
        services.AddSingleton(provider => new RegionStores([.. provider.GetRequiredService<IReadOnlyList<StoreWiring>>().Select(w => w.Store)]));
        services.AddSingleton<IRegionStores>(provider => provider.GetRequiredService<RegionStores>());
        services.AddSingleton<IStoreStatusSource>(provider => provider.GetRequiredService<RegionStores>());
        services.AddSingleton(provider => new StoreReaders([.. provider.GetRequiredService<IReadOnlyList<StoreWiring>>().Select(w => w.Reader)]));
        services.AddSingleton(provider => new WatchStores([.. provider.GetRequiredService<IReadOnlyList<StoreWiring>>().Select(w => w.Watch)]));
        services.AddSingleton<IWatchStores>(provider => provider.GetRequiredService<WatchStores>());
        services.AddHostedService<StoreWriters>();
        services.AddHostedService(provider => provider.GetRequiredService<WatchStores>());
        return services;
    }

    internal static string DatabaseOf(ClickHouseClientSettings settings) =>
        settings.Database is { Length: > 0 } database && database != "default" ? database : "outback";

    private static StoreWiring[] CreateWirings(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<StoreOptions>>().Value;
        return [.. options.Regions.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => Create(r.Key, r.Value, options, provider))];
    }

    private static StoreWiring Create(string region, RegionStoreOptions own, StoreOptions options, IServiceProvider provider)
    {
        var (client, settings) = StoreClients.Create(own);
        var database = DatabaseOf(settings);
        client.RegisterBinaryInsertType<Dictionary<string, double>>();
        var time = provider.GetService<TimeProvider>() ?? TimeProvider.System;
        var writer = new StoreWriter(
            region,
            new ClickHouseInserter(client, database, new Migrator(client, database, options.Tiering), own.Compress ?? true),
            options.Writer,
            time,
            provider.GetRequiredService<StoreInstruments>(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger<StoreWriter>());
        var store = new RegionStore(writer, new RecentKeysReader(client, database, options.Writer.ReadTimeout, time), options.Writer.ReadTimeout, time);
        return new StoreWiring(
            store, writer, new StoreReader(region, client, database, writer, options.Writer.QueryTimeout, time), CreateWatch(region, client, database, writer, options.Writer, time, provider), client);
    }

    private static WatchStore CreateWatch(
        string region, ClickHouseClient client, string database, StoreWriter packets, WriterOptions limits, TimeProvider time, IServiceProvider provider)
    {
        var writer = new WatchWriter(
            new WatchInserter(client, database).InsertAsync, () => packets.IsAvailable, region, time, provider.GetRequiredService<ILoggerFactory>().CreateLogger<WatchWriter>());
        return new WatchStore(region, writer, new WatchReader(client, database, limits.ReadTimeout), () => packets.IsAvailable, limits, time);
    }
}
