using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OutbackUptime.Grains.Stations;

namespace OutbackUptime.Silo.Ingest;

/// <summary>Adds the ingest path to a host.</summary>
internal static class IngestExtensions
{
    // Room for the message around a frame.
    private const int Envelope = 64;

    /// <summary>The uplink's endpoint (Kestrel and gRPC) and what the stations' grains need besides stores and registry.</summary>
    public static IServiceCollection AddIngest(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<UplinkOptions>, UplinkOptionsValidator>();
        services.AddOptionsWithValidateOnStart<UplinkOptions, UplinkOptionsRanges>().BindConfiguration("Uplink");
        services.AddOptionsWithValidateOnStart<StationOptions, StationOptionsValidator>()
            .BindConfiguration("Stations")
            .Configure<IConfiguration>((o, c) => o.Region = c["Silo:Region"] ?? o.Region);
        services.AddOptions<IngestIdentity>().BindConfiguration("Silo");
        services.AddSingleton<StationActivations>();
        services.AddSingleton<StationInstruments>();
        services.AddSingleton<GatewayConnections>();
        services.AddSingleton<IngestDrain>();
        services.AddSingleton<IngestInstruments>();
        services.AddSingleton<HelloCheck>();
        services.AddSingleton<IngestAdmission>();
        services.AddSingleton<FrameReader>();
        services.AddSingleton<FrameIngest>();
        services.AddSingleton<IStartupFilter, UplinkPortFilter>();
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, UplinkEndpoint>();
        services.AddGrpc();
        services.AddOptions<global::Grpc.AspNetCore.Server.GrpcServiceOptions>().Configure<IOptions<UplinkOptions>>(
            (grpc, uplink) => grpc.MaxReceiveMessageSize = uplink.Value.MaxFrameBytes + Envelope);
        return services;
    }

    /// <summary>Maps the uplink's service; it answers on the uplink's port only.</summary>
    public static GrpcServiceEndpointConventionBuilder MapIngest(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGrpcService<UplinkService>().RequireAuthorization(SignIn.Roles.UplinkPolicy);
}
