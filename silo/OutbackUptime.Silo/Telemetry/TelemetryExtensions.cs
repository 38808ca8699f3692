using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using OutbackUptime.Silo.Hosting;

namespace OutbackUptime.Silo.Telemetry;

/// <summary>Metrics and traces: Prometheus on the admin port, OTLP where OTEL_EXPORTER_OTLP_ENDPOINT says.</summary>
internal static class TelemetryExtensions
{
    public static IServiceCollection AddSiloTelemetry(this IServiceCollection services, IConfiguration configuration, SiloHostOptions silo)
    {
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService("outback-silo", serviceInstanceId: silo.Name).AddAttributes([new("region", silo.Region)]))
            .WithMetrics(m => m
                .AddMeter("OutbackUptime.*", "Microsoft.Orleans")
                .AddAspNetCoreInstrumentation()
                .AddRuntimeInstrumentation()
                .AddView("outback.ingest.latency", new ExplicitBucketHistogramConfiguration { Boundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.75, 1, 2.5, 5, 10, 60, 600] })
                .AddPrometheusExporter())
            .WithTracing(t => t.AddSource("Microsoft.Orleans.*").AddAspNetCoreInstrumentation());
        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
        {
            telemetry.UseOtlpExporter();
        }

        return services;
    }
}
