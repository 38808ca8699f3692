using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using OutbackUptime.Domain.Alerts.Notices;
using OutbackUptime.Grains.Watch;
using OutbackUptime.Silo.Api.Stations;
using OutbackUptime.Silo.SignIn;

namespace OutbackUptime.Silo.Api.Alerts;

/// <summary>Alerts and their acknowledgement.</summary>
internal static class AlertEndpoints
{
    private const int MaxAlertId = 200;

    public static void MapAlerts(this RouteGroupBuilder api)
    {
        api.MapGet("/alerts", async ([FromQuery] string? station, [FromQuery] string? state, [AsParameters] Paging page, AlertReader alerts, CancellationToken token) =>
            PageOf<AlertView>.Of(await alerts.ReadAsync(station, state, page, token).ConfigureAwait(false), page))
            .WithName("ListAlerts").WithSummary("Alerts, open ones first.");

        api.MapPost("/stations/{station}/alerts/{alertId}/acknowledge", async (
            string station, string alertId, ClaimsPrincipal user, IGrainFactory grains, StationReader stations, CancellationToken token) =>
        {
            await stations.FindAsync(station, token).ConfigureAwait(false);
            return alertId.Length > MaxAlertId ? throw ApiException.Bad($"alertId: expected at most {MaxAlertId} characters.")
                : await grains.GetGrain<IWatchGrain>(station).Acknowledge(alertId, user.Identity?.Name ?? "?").ConfigureAwait(false)
                    ? Results.NoContent()
                    : throw ApiException.NotFound($"No open alert '{alertId}' at {station}: it may have cleared.");
        }).RequireAuthorization(Roles.OperatorPolicy).WithName("AcknowledgeAlert").WithSummary("Says that somebody looks after it: it is not escalated any more.");

        api.MapGet("/stations/{station}/digest", async (string station, AlertReader alerts, StationReader stations, TimeProvider time, CancellationToken token) =>
        {
            var found = await stations.FindAsync(station, token).ConfigureAwait(false) ?? throw ApiException.NotFound($"'{station}' is not in the registry any more.");
            var open = await alerts.CurrentAsync(station, token).ConfigureAwait(false);
            var notice = DailyDigest.Of(found, open, time.GetUtcNow());
            return new DigestView(station, notice.Text, notice.Body);
        }).WithName("GetDigest").WithSummary("The station as it is now, in at most 160 characters.");
    }
}
