using Microsoft.Extensions.Options;
using OutbackUptime.EdgeGateway.Mqtt.Direct;
using OutbackUptime.EdgeGateway.Mqtt.Guard;

namespace OutbackUptime.EdgeGateway.Mqtt;

/// <summary>Registers what the front door is made of.</summary>
internal static class FrontDoorServices
{
    public static IServiceCollection AddFrontDoor(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<MqttOptions>().Bind(configuration.GetSection("Mqtt")).ValidateOnStart();
        services.AddOptions<GuardOptions>().Bind(configuration.GetSection("Mqtt:Guard")).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<MqttOptions>, MqttOptionsValidator>()
            .AddSingleton<IValidateOptions<MqttOptions>, MqttRules>()
            .AddSingleton<IValidateOptions<GuardOptions>, GuardOptionsValidator>()
            .AddSingleton<IValidateOptions<GuardOptions>, GuardRules>()
            .AddSingleton<HubDirectory>()
            .AddSingleton<RefusalLog>()
            .AddSingleton<GuardedServerAdapter>()
            .AddSingleton<Doorkeeper>()
            .AddSingleton<Notices>()
            .AddSingleton<SafeReceipts>()
            .AddSingleton<Visitors>()
            .AddSingleton<DirectDoor>();
    }
}
