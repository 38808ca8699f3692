using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OutbackUptime.EdgeGateway.Telemetry;

namespace OutbackUptime.EdgeGateway.Uplink;

/// <summary>Registers the uplink.</summary>
public static class UplinkServices
{
    /// <summary>Adds the uplink from section `Uplink`; needs <see cref="Journal.IUplinkJournal"/> and <see cref="GatewayOptions"/>.</summary>
    public static IServiceCollection AddUplink(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<UplinkOptions>().Bind(configuration.GetSection("Uplink")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<UplinkOptions>, UplinkOptionsValidator>();
        services.AddSingleton<IValidateOptions<UplinkOptions>, UplinkRules>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(_ => new Random());
        services.AddSingleton<WireMeter>();
        services.AddPacketTraces(configuration);
        services.AddSingleton<UplinkLag>();
        services.AddSingleton<UplinkInstruments>();
        services.AddSingleton<UplinkChannels>();
        services.AddSingleton(p => new SendTimes(p.GetRequiredService<IOptions<UplinkOptions>>().Value.Regions.Count, p.GetRequiredService<TimeProvider>(), p.GetRequiredService<UplinkInstruments>()));
        services.AddSingleton(p => new UplinkStatus(p.GetRequiredService<IOptions<GatewayOptions>>().Value.HomeRegion, p.GetRequiredService<SendTimes>(), p.GetRequiredService<WireMeter>()));
        services.AddSingleton<IUplinkStatus>(p => p.GetRequiredService<UplinkStatus>());
        services.AddSingleton<UplinkBudget>();
        services.AddHostedService(p => p.GetRequiredService<UplinkBudget>());
        services.AddHostedService<UplinkPump>();
        return services;
    }

    /// <summary>Adds the gateway's own packets; needs <see cref="AddUplink"/> and <see cref="Journal.IPacketJournal"/>.</summary>
    public static IServiceCollection AddCanary(this IServiceCollection services, Func<IServiceProvider, CanaryMetrics> metrics)
    {
        services.AddSingleton(metrics);
        services.AddHostedService<Canary>();
        return services;
    }
}
