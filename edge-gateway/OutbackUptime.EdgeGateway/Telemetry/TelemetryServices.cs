using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OutbackUptime.EdgeGateway.Telemetry;

/// <summary>Metrics for the admin port, traces of packets, and both with the log by OTLP where OTEL_EXPORTER_OTLP_ENDPOINT says.</summary>
internal static class TelemetryServices
{
    /// <summary>Before all services that measure.</summary>
    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddMetrics();
        services.AddPacketTraces(configuration);
        services.AddSingleton<MetricsPage>();
        services.AddHostedService(p => p.GetRequiredService<MetricsPage>());
        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
        {
            // Not inlined: without an endpoint none of the exporter's code is loaded.
            AddExport(services, configuration);
        }
    }

    /// <summary>What the intake and the uplink trace with.</summary>
    public static void AddPacketTraces(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TelemetryOptions>().Bind(configuration.GetSection("Telemetry")).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TelemetryOptions>, TelemetryOptionsValidator>());
        services.TryAddSingleton(p => new PacketTraces(p.GetRequiredService<IOptions<TelemetryOptions>>(), p.GetRequiredService<IOptions<GatewayOptions>>(), new Random()));
    }

    /// <summary>To the console: for people, or as JSON; both with the ids of the trace, if there is one.</summary>
    public static void AddConsoleLog(this ILoggingBuilder logging, IConfiguration configuration)
    {
        logging.Configure(o => o.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
        if (bool.TryParse(configuration["Telemetry:JsonLogs"], out var json) && json)
        {
            logging.AddJsonConsole(o => (o.IncludeScopes, o.UseUtcTimestamp, o.TimestampFormat) = (true, true, "O"));
        }
        else
        {
            logging.AddSimpleConsole();
        }
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void AddExport(IServiceCollection services, IConfiguration configuration)
    {
        var station = configuration["Gateway:Station"] ?? "";
        services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService("outback-gateway", serviceInstanceId: station).AddAttributes([new("station", station)]))
            .WithMetrics(m => m.AddMeter("OutbackUptime.*"))
            // Sampled by PacketTraces, and again by the collector once it has seen the whole.
            .WithTracing(t => t.AddSource(PacketTraces.SourceName).SetSampler(new AlwaysOnSampler()))
            .WithLogging()
            .UseOtlpExporter();
    }
}
