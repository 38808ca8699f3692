using Microsoft.Extensions.Options;
using OutbackUptime.EdgeGateway.Admin;
using OutbackUptime.EdgeGateway.Broker;
using OutbackUptime.EdgeGateway.Footprint;
using OutbackUptime.EdgeGateway.Formats;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.EdgeGateway.Mqtt;
using OutbackUptime.EdgeGateway.Systemd;
using OutbackUptime.EdgeGateway.Telemetry;
using OutbackUptime.EdgeGateway.Uplink;

namespace OutbackUptime.EdgeGateway;

/// <summary>Composes a gateway.</summary>
internal static class GatewayHost
{
    /// <summary>Settings from appsettings.json beside the program, the environment and the command line, the last one first; logs to the console.</summary>
    public static HostApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "OutbackUptime.EdgeGateway", ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true, reloadOnChange: false)
            .AddEnvironmentVariables()
            .AddCommandLine(args);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddConsoleLog(builder.Configuration);
        return builder;
    }

    public static IHost Build(HostApplicationBuilder builder)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        services.AddOptions<GatewayOptions>().Bind(configuration.GetSection("Gateway")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsValidator>();
        services.AddOptions<JournalOptions>().Bind(configuration.GetSection("Journal")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<JournalOptions>, JournalOptionsValidator>();
        services.AddSingleton<IValidateOptions<JournalOptions>, JournalRules>();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => new Random());
        services.AddTelemetry(configuration);
        services.AddSingleton<JournalInstruments>();
        services.AddSingleton<MqttInstruments>();
        services.AddSingleton<SqliteJournal>();
        services.AddSingleton<IPacketJournal>(p => p.GetRequiredService<SqliteJournal>());
        services.AddSingleton<IAppendQueue>(p => p.GetRequiredService<SqliteJournal>());
        services.AddSingleton<IUplinkJournal>(p => p.GetRequiredService<SqliteJournal>());
        services.AddSingleton<HubIntake>();

        // Services stop in reverse order: first the door is shut, then the uplink ends, last the journal writes what it has.
        services.AddHostedService(p => p.GetRequiredService<SqliteJournal>());
        services.AddUplink(configuration);
        services.AddSingleton<Departures>();
        services.AddSingleton<Vitals>();
        services.AddCanary(p => p.GetRequiredService<Vitals>().Read);
        if (!services.AddBroker(configuration).Only)
        {
            AddFrontDoor(services, configuration);
        }

        services.AddHostedService<MemoryTrimmer>();
        services.AddSystemd();
        services.AddAdmin(configuration);
        return builder.Build();
    }

    private static void AddFrontDoor(IServiceCollection services, IConfiguration configuration)
    {
        services.AddFrontDoor(configuration);
        services.AddHostedService(p => p.GetRequiredService<HubDirectory>());
        services.AddHostedService(p => p.GetRequiredService<SafeReceipts>());
        services.AddHostedService<MqttFrontDoor>();
    }
}
