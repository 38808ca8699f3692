using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OutbackUptime.Grains.Stores;
using OutbackUptime.Testing;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.ClickHouse.Tests.Engine;

/// <summary>Silos' stores on a given engine.</summary>
internal sealed class StoreFixtureOn(ClickHouseServer server)
{
    /// <summary>The stores of one silo, started; the caller disposes of the host.</summary>
    public async Task<(IHost Host, IRegionStore Store)> StartStoreAsync(string database, string? passwordFile = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Stores:Regions:syd:ConnectionString"] = $"Host=127.0.0.1;Port={server.Port};Database={database}",
            ["Stores:Regions:syd:PasswordFile"] = passwordFile,
            ["Stores:Writer:ProbeInterval"] = "00:00:00.100",
            ["Stores:Writer:InsertTimeout"] = "00:00:20",
            ["Stores:Writer:ReadTimeout"] = "00:00:20",
        });
        builder.Services.AddLogging();
        builder.Services.AddClickHouseStores(builder.Configuration);
        var host = builder.Build();
        await host.StartAsync();
        var store = host.Services.GetRequiredService<IRegionStores>().All.Single();
        await Eventually.TrueAsync(() => store.IsAvailable);
        return (host, store);
    }

    /// <summary>Rows committed by this host's store.</summary>
    public static long Inserted(IHost host) => host.Services.GetRequiredService<IStoreStatusSource>().Current.Single().InsertedRows;
}
