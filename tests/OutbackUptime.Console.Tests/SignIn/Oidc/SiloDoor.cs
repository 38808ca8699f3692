using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OutbackUptime.Silo.Hosting;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.Console.Tests.SignIn.Oidc;

/// <summary>A silo's own composition with its admin port open and nothing behind it: no cluster, no stores.</summary>
internal sealed class SiloDoor : IAsyncDisposable
{
    private const string Registry =
        """{"regions":["syd","mel"],"stations":[{"id":"kidman-springs","name":"Kidman Springs","latitude":-16.1,"longitude":130.9,"homeRegion":"syd","hubs":[{"id":"bore-01","intervalSeconds":30}]}]}""";

    private readonly TempFolder _folder = new();
    private readonly WebApplication _app;

    private SiloDoor(IReadOnlyDictionary<string, string> settings)
    {
        File.WriteAllText(_folder.File("stations.json"), Registry);
        var port = FreePort.Next();
        Url = new Uri($"http://127.0.0.1:{port}");
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = _folder.FullPath });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Silo:Region"] = "syd",
            ["Silo:Name"] = "syd-1",
            ["Membership:ConnectionString"] = "UseDevelopmentStorage=true",
            ["Registry:Path"] = _folder.File("stations.json"),
            ["Uplink:Address"] = "127.0.0.1",
            ["Uplink:Port"] = $"{FreePort.Next()}",
            ["Admin:Port"] = $"{port}",
            ["SignIn:KeysFolder"] = _folder.File("keys"),
            ["Stores:Regions:syd:ConnectionString"] = "Host=127.0.0.1;Port=1",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.Logging.ClearProviders();
        builder.Host.UseServiceProviderFactory(new OnlyTheWebServer());
        _app = SiloHost.Build(builder);
    }

    public Uri Url { get; }

    /// <summary>Where the identity provider sends people back to.</summary>
    public string Callback => $"{Url.GetLeftPart(UriPartial.Authority)}/signin/callback";

    public static async Task<SiloDoor> OpenAsync(IReadOnlyDictionary<string, string> settings)
    {
        var door = new SiloDoor(settings);
        await door._app.StartAsync();
        return door;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    // The options are validated all the same; no service of the silo begins to work.
    private sealed class OnlyTheWebServer : IServiceProviderFactory<IServiceCollection>
    {
        public IServiceCollection CreateBuilder(IServiceCollection services) => services;

        public IServiceProvider CreateServiceProvider(IServiceCollection containerBuilder)
        {
            foreach (var service in containerBuilder.Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType?.Name != "GenericWebHostService").ToList())
            {
                containerBuilder.Remove(service);
            }

            return containerBuilder.BuildServiceProvider();
        }
    }
}
