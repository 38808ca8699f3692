using OutbackUptime.EdgeGateway.Mqtt.Guard;

namespace OutbackUptime.EdgeGateway.Mqtt;

/// <summary>Registers what the front door is made of, but for its options and metrics.</summary>
internal static class FrontDoorServices
{
    public static IServiceCollection AddFrontDoor(this IServiceCollection services) => services
        .AddSingleton<RefusalLog>()
        .AddSingleton<GuardedServerAdapter>()
        .AddSingleton<Doorkeeper>()
        .AddSingleton<Notices>()
        .AddSingleton<SafeReceipts>()
        .AddSingleton<Visitors>();
}
