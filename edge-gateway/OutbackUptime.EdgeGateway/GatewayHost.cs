using Microsoft.Extensions.Options;
using OutbackUptime.EdgeGateway.Admin;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.EdgeGateway.Mqtt;
using OutbackUptime.EdgeGateway.Mqtt.Guard;
using OutbackUptime.EdgeGateway.Uplink;

namespace OutbackUptime.EdgeGateway;

/// <summary>Composes a gateway.</summary>
internal static class GatewayHost
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        services.AddOptions<GatewayOptions>().Bind(configuration.GetSection("Gateway")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsValidator>();
        services.AddOptions<JournalOptions>().Bind(configuration.GetSection("Journal")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<JournalOptions>, JournalOptionsValidator>();
        services.AddOptions<MqttOptions>().Bind(configuration.GetSection("Mqtt")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<MqttOptions>, MqttOptionsValidator>();
        services.AddSingleton<IValidateOptions<MqttOptions>, MqttRules>();
        services.AddOptions<GuardOptions>().Bind(configuration.GetSection("Mqtt:Guard")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GuardOptions>, GuardOptionsValidator>();
        services.AddSingleton<IValidateOptions<GuardOptions>, GuardRules>();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => new Random());
        services.AddMetrics();
        services.AddSingleton<JournalInstruments>();
        services.AddSingleton<MqttInstruments>();
        services.AddSingleton<SqliteJournal>();
        services.AddSingleton<IPacketJournal>(p => p.GetRequiredService<SqliteJournal>());
        services.AddSingleton<IUplinkJournal>(p => p.GetRequiredService<SqliteJournal>());
        services.AddSingleton<HubDirectory>();
        services.AddFrontDoor();

        // Services stop in reverse order: first the door is shut, then the uplink ends, last the journal writes what it has.
        services.AddHostedService(p => p.GetRequiredService<SqliteJournal>());
        services.AddUplink(configuration);
        services.AddHostedService(p => p.GetRequiredService<HubDirectory>());
        services.AddHostedService(p => p.GetRequiredService<SafeReceipts>());
        services.AddHostedService<MqttFrontDoor>();
        builder.AddAdmin();

        var app = builder.Build();
        app.MapAdmin();
        return app;
    }
}
