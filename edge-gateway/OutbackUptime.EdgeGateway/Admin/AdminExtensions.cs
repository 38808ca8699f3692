using Microsoft.Extensions.Options;

namespace OutbackUptime.EdgeGateway.Admin;

/// <summary>The admin port.</summary>
internal static class AdminExtensions
{
    public static void AddAdmin(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AdminOptions>().Bind(configuration.GetSection("Admin")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AdminOptions>, AdminOptionsValidator>();
        services.AddSingleton<IValidateOptions<AdminOptions>, AdminRules>();
        services.AddSingleton<GatewayStatusReader>();
        services.AddHostedService<AdminServer>();
    }
}
