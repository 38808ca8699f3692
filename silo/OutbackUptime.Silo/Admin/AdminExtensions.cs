using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Orleans.Dashboard;
using OutbackUptime.Silo.Api;
using OutbackUptime.Silo.Console;
using OutbackUptime.Silo.LiveTail;
using OutbackUptime.Silo.SignIn;

namespace OutbackUptime.Silo.Admin;

/// <summary>The admin port: what is not for gateways. The uplink's port answers none of it (UplinkPortFilter).</summary>
internal static class AdminExtensions
{
    public static IServiceCollection AddAdmin(this IServiceCollection services, IWebHostBuilder web, IConfiguration configuration)
    {
        services.AddSignIn(configuration);
        services.AddApi();
        services.AddConsole();
        services.AddOptionsWithValidateOnStart<AdminOptions, AdminOptionsValidator>().BindConfiguration("Admin");
        services.AddSingleton<SiloStatusReader>();
        web.ConfigureKestrel(kestrel =>
        {
            var options = kestrel.ApplicationServices.GetRequiredService<IOptions<AdminOptions>>().Value;
            kestrel.Listen(IPAddress.Parse(options.Address), options.Port, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.AddServerHeader = false;
        });
        return services;
    }

    public static void MapAdmin(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseWhen(c => c.Request.Path.StartsWithSegments("/api"), api => api.UseStatusCodePages());
        app.UseSignIn();

        // What says nothing else here needs the viewer role (SignInExtensions).
        app.MapGet("/healthz/live", () => Results.Text("live\n")).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/healthz/ready", (SiloStatusReader status) =>
            status.IsReady ? Results.Text("ready\n") : Results.Text("not ready: see /status\n", statusCode: StatusCodes.Status503ServiceUnavailable)).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/status", (SiloStatusReader status) => status.Read());
        app.MapPrometheusScrapingEndpoint("/metrics").RequireAuthorization(Roles.MetricsPolicy);
        app.MapOrleansDashboard(routePrefix: "/dashboard");
        app.MapLiveTail();
        app.MapSignIn();
        app.MapApi();
        app.MapConsole();
    }
}
