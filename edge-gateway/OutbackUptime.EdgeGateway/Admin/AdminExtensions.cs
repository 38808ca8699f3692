using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace OutbackUptime.EdgeGateway.Admin;

/// <summary>The admin port.</summary>
internal static class AdminExtensions
{
    public static void AddAdmin(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<AdminOptions>().Bind(builder.Configuration.GetSection("Admin")).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<AdminOptions>, AdminOptionsValidator>();
        builder.Services.AddSingleton<GatewayStatusReader>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            var options = kestrel.ApplicationServices.GetRequiredService<IOptions<AdminOptions>>().Value;
            kestrel.Listen(IPAddress.Parse(options.Address), options.Port, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.AddServerHeader = false;
        });
    }

    public static void MapAdmin(this WebApplication app)
    {
        app.MapGet("/healthz/live", () => Results.Text("live\n"));
        // Ready to take packets, whether or not a region can be reached: that is what the journal is for.
        app.MapGet("/healthz/ready", () => Results.Text("ready\n"));
        app.MapGet("/status", (GatewayStatusReader status) => Results.Json(status.Read(), AdminJsonContext.Default.GatewayStatusPage));
        app.MapGet("/latency", (GatewayStatusReader status) => Results.Json(status.ReadLatency(), AdminJsonContext.Default.LatencyPage));
    }
}
