using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using OutbackUptime.ClickHouse.Writing;
using OutbackUptime.Grains.Stations;
using OutbackUptime.Silo.Hosting;
using OutbackUptime.Silo.Ingest;

namespace OutbackUptime.Silo.Telemetry;

/// <summary>
/// Metrics on the admin port for Prometheus; metrics, traces and logs by OTLP where OTEL_EXPORTER_OTLP_ENDPOINT says; the log as JSON
/// with Telemetry:JsonLogs.
/// </summary>
internal static class TelemetryExtensions
{
    /// <summary>Of what begins here; what a gateway has chosen to trace is traced. The usual OTEL_TRACES_SAMPLER settings override it.</summary>
    private const double TraceRatio = 0.01;

    /// <summary>The sources of a packet's trace, and Orleans' own.</summary>
    private static readonly string[] s_sources = [IngestTraces.SourceName, StationTraces.SourceName, StoreTraces.SourceName, "Microsoft.Orleans.*"];

    public static IServiceCollection AddSiloTelemetry(this IServiceCollection services, IConfiguration configuration, SiloHostOptions silo)
    {
        services.AddSingleton<SiloInstruments>();
        services.AddHostedService(p => p.GetRequiredService<SiloInstruments>());
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService("outback-silo", serviceInstanceId: silo.Name).AddAttributes([new("region", silo.Region)]))
            .WithMetrics(m => m
                .AddMeter("OutbackUptime.*", "Microsoft.Orleans")
                .AddAspNetCoreInstrumentation()
                .AddRuntimeInstrumentation()
                .AddPrometheusExporter())
            .WithTracing(t => t
                .AddSource(s_sources)
                .SetSampler(new ParentBasedSampler(new LinkedSampler(TraceRatio)))
                .AddAspNetCoreInstrumentation(o => o.Filter = IsWorthATrace));
        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
        {
            telemetry.WithLogging().UseOtlpExporter();
        }

        if (configuration.GetValue<bool>("Telemetry:JsonLogs"))
        {
            services.AddLogging(l => l.AddJsonConsole(o => (o.IncludeScopes, o.UseUtcTimestamp, o.TimestampFormat) = (true, true, "O")));
        }

        return services;
    }

    // A gateway's stream is one request that lasts hours; probes and scrapes tell nothing.
    private static bool IsWorthATrace(HttpContext context) =>
        context.Features.Get<UplinkConnection>() is null
        && !context.Request.Path.StartsWithSegments("/healthz")
        && !context.Request.Path.StartsWithSegments("/metrics");
}
