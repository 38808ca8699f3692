using Microsoft.Extensions.DependencyInjection.Extensions;
using OutbackUptime.Grains.Alerting;
using OutbackUptime.Grains.Watch;
using OutbackUptime.Silo.Alerting;

namespace OutbackUptime.Silo.Watch;

/// <summary>Adds the watch over stations: uptime, alerts, the regions' beats.</summary>
internal static class WatchExtensions
{
    public static IServiceCollection AddWatch(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptionsWithValidateOnStart<WatchOptions, WatchOptionsValidator>().BindConfiguration("Watch");
        services.AddSingleton<RegionBeats>();
        services.AddSingleton<INoticeLedger, NoticeLedger>();
        services.AddAlerting();
        services.AddHostedService<BeatService>();
        services.AddHostedService<WatchService>();
        return services;
    }
}
