using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using OutbackUptime.Silo.Api.Stations;
using OutbackUptime.Silo.SignIn;

namespace OutbackUptime.Silo.Api.Quarantine;

/// <summary>What was published and is no packet: look, understand, replay after a fix.</summary>
internal static class QuarantineEndpoints
{
    public static void MapQuarantine(this RouteGroupBuilder api)
    {
        api.MapGet("/quarantine", async ([FromQuery] string? station, [FromQuery] string? reason, [AsParameters] Paging page, QuarantineReader quarantine, CancellationToken token) =>
            PageOf<QuarantineView>.Of(await quarantine.ReadAsync(station, reason, page, token).ConfigureAwait(false), page))
            .WithName("ListQuarantine").WithSummary("Quarantined entries, the newest first, of a station or with a reason code.");

        api.MapGet("/quarantine/reasons", (string? station, QuarantineReader quarantine, CancellationToken token) => quarantine.ReasonsAsync(station, token))
            .WithName("ListQuarantineReasons").WithSummary("How many entries have which reason.");

        api.MapGet("/stations/{station}/quarantine/{epoch:guid}/{offset:long}", async (string station, Guid epoch, [FromRoute] long offset, QuarantineReader quarantine, StationReader stations, CancellationToken token) =>
        {
            await stations.FindAsync(station, token).ConfigureAwait(false);
            return offset < 0 ? throw ApiException.Bad("offset: expected 0 or more.")
                : await quarantine.FindAsync(station, epoch, offset, token).ConfigureAwait(false) ?? throw ApiException.NotFound($"No quarantined entry {epoch}/{offset} at {station}.");
        }).WithName("GetQuarantined").WithSummary("One quarantined entry.");

        api.MapPost("/stations/{station}/quarantine/{epoch:guid}/{offset:long}/replay", async (
            string station, Guid epoch, [FromRoute] long offset, ReplayRequest request, ClaimsPrincipal user, Replayer replayer, StationReader stations, CancellationToken token) =>
        {
            await stations.FindAsync(station, token).ConfigureAwait(false);
            return offset < 0 ? throw ApiException.Bad("offset: expected 0 or more.")
                : await replayer.ReplayAsync(station, epoch, offset, request, user.Identity?.Name ?? "?", token).ConfigureAwait(false);
        }).RequireAuthorization(Roles.OperatorPolicy).WithName("ReplayQuarantined").WithSummary("Writes an entry as the reading that it should have been: parsed again, or corrected. Idempotent.");
    }
}
