using System.Security.Claims;
using Microsoft.AspNetCore.Http.Features;
using OutbackUptime.Silo.Api.Stations;
using OutbackUptime.Silo.SignIn;

namespace OutbackUptime.Silo.Api.Export;

/// <summary>A station's data, all of it, to take away.</summary>
internal static partial class ExportEndpoints
{
    public static void MapExport(this RouteGroupBuilder api) => api.MapGet("/stations/{station}/export", ExportAsync)
        .RequireAuthorization(Roles.OperatorPolicy).WithName("ExportStation").WithSummary("All rows (Parquet and CSV), the ledger and a manifest with SHA-256 hashes, as a zip.")
        .Produces(StatusCodes.Status200OK, contentType: "application/zip");

    private static async Task ExportAsync(
        HttpContext context, string station, ClaimsPrincipal user, StationExport export, StationReader stations, LongRequests places, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        await stations.FindAsync(station, cancellationToken).ConfigureAwait(false);
        using var place = places.Enter();
        var (source, cutoff) = await export.PrepareAsync(cancellationToken).ConfigureAwait(false);
        context.Response.ContentType = "application/zip";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{station}-{time.GetUtcNow():yyyyMMdd-HHmmss}.zip\"";
        // An archive's own parts (the ends of entries) are written synchronously.
        context.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
        try
        {
            await export.WriteAsync(station, user.Identity?.Name ?? "?", source, cutoff, context.Response.Body, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (context.Response.HasStarted && !cancellationToken.IsCancellationRequested)
        {
            // The status is sent already: end the connection, so that the half archive is no whole one.
            LogBroken(loggers.CreateLogger("OutbackUptime.Silo.Api.Export"), station, e.Message);
            context.Abort();
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The export of {Station} was broken off: {Reason}")]
    private static partial void LogBroken(ILogger logger, string station, string reason);
}
