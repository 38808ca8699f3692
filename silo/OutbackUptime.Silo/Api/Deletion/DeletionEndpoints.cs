using System.Security.Claims;
using OutbackUptime.Silo.SignIn;

namespace OutbackUptime.Silo.Api.Deletion;

/// <summary>Deletion of a station's data: plan, confirm, receipt.</summary>
internal static class DeletionEndpoints
{
    public static void MapDeletion(this RouteGroupBuilder api)
    {
        api.MapPost("/stations/{station}/deletions", async (string station, ClaimsPrincipal user, StationDeletion deletion, LongRequests places, CancellationToken token) =>
        {
            using var place = places.Enter();
            return await deletion.PlanAsync(station, user.Identity?.Name ?? "?", token).ConfigureAwait(false);
        }).RequireAuthorization(Roles.OperatorPolicy).WithName("PlanDeletion").WithSummary("First step: what would be deleted, and a confirmation to send back.");

        api.MapPost("/stations/{station}/deletions/confirm", async (string station, DeletionConfirmation confirmation, ClaimsPrincipal user, StationDeletion deletion, LongRequests places) =>
        {
            using var place = places.Enter();
            // Not cancelled by a lost connection: half a deletion would have no receipt.
            return await deletion.ConfirmAsync(station, confirmation, user.Identity?.Name ?? "?", CancellationToken.None).ConfigureAwait(false);
        }).RequireAuthorization(Roles.OperatorPolicy).WithName("ConfirmDeletion").WithSummary("Second step: deletes from both stores, counts again and gives a receipt.");

        api.MapGet("/deletions", async ([AsParameters] Paging page, StationDeletion deletion, CancellationToken token) =>
            PageOf<DeletionReceipt>.Of(await deletion.ReceiptsAsync(page, token).ConfigureAwait(false), page))
            .WithName("ListDeletions").WithSummary("Receipts of deletions.");
    }
}
