using System.Security.Claims;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OutbackUptime.Silo.Api.Alerts;
using OutbackUptime.Silo.Api.Deletion;
using OutbackUptime.Silo.Api.Drills;
using OutbackUptime.Silo.Api.Export;
using OutbackUptime.Silo.Api.Live;
using OutbackUptime.Silo.Api.Quarantine;
using OutbackUptime.Silo.Api.Regions;
using OutbackUptime.Silo.Api.Stations;
using OutbackUptime.Silo.Api.Uptime;
using OutbackUptime.Silo.Hosting;

namespace OutbackUptime.Silo.Api;

/// <summary>The HTTP API, version 1, for the console, the CLI and others.</summary>
internal static class ApiExtensions
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ApiOptions, ApiOptionsValidator>().BindConfiguration("Api");
        services.AddProblemDetails();
        services.AddOpenApi("v1", o => o.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Outback Uptime";
            document.Info.Description = "Stations, uptime by cause, alerts, quarantine, export and deletion. Sign in by `Authorization: Bearer`.";
            return Task.CompletedTask;
        }));
        services.ConfigureHttpJsonOptions(o => o.SerializerOptions.NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Memo>();
        services.AddSingleton<LongRequests>();
        services.AddSingleton<StoreQueries>();
        services.AddSingleton<StationReader>();
        services.AddSingleton<Owners>();
        services.AddSingleton<WatermarkReader>();
        services.AddSingleton<OverviewReader>();
        services.AddSingleton<AlertReader>();
        services.AddSingleton<UptimeReader>();
        services.AddSingleton<QuarantineReader>();
        services.AddSingleton<Replayer>();
        services.AddSingleton<StationExport>();
        services.AddSingleton<StationDeletion>();
        services.AddSingleton<LiveFeed>();
        services.AddHostedService(p => p.GetRequiredService<LiveFeed>());
        return services;
    }

    public static void MapApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api/v1").AddEndpointFilter<ApiFaults>();
        api.MapGet("/me", (HttpContext context, IAntiforgery antiforgery, IOptions<SiloHostOptions> silo) => new MeView(
            context.User.Identity?.Name ?? "?", context.User.FindFirstValue(ClaimTypes.Role) ?? "", antiforgery.GetAndStoreTokens(context).RequestToken ?? "", silo.Value.Name, silo.Value.Region))
            .WithName("GetMe").WithSummary("Who is signed in.");
        api.MapGet("/overview", (OverviewReader overview, CancellationToken token) => overview.ReadAsync(token))
            .WithName("GetOverview").WithSummary("Regions, silos, stores, owners, takeovers, and how far everything is safe in both regions.");
        api.MapStations();
        api.MapUptime();
        api.MapAlerts();
        api.MapQuarantine();
        api.MapDrills();
        api.MapExport();
        api.MapDeletion();
        api.MapLive();
        endpoints.MapOpenApi("/openapi/{documentName}.json");
    }
}
