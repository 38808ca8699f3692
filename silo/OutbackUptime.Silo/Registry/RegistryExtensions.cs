using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OutbackUptime.Grains.Stations;

namespace OutbackUptime.Silo.Registry;

/// <summary>Adds the station registry to a host.</summary>
internal static class RegistryExtensions
{
    /// <summary>Loads the registry of section `Registry` at start and keeps it fresh; see <see cref="IStationRegistrySource"/>.</summary>
    public static IServiceCollection AddStationRegistry(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<RegistryOptions, RegistryOptionsValidator>().BindConfiguration("Registry");
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<StationRegistrySource>();
        services.AddSingleton<IStationRegistrySource>(s => s.GetRequiredService<StationRegistrySource>());
        services.AddHostedService(s => s.GetRequiredService<StationRegistrySource>());
        return services;
    }
}
