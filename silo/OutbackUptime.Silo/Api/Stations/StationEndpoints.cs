using Microsoft.AspNetCore.Mvc;
using OutbackUptime.Silo.Api.Regions;

namespace OutbackUptime.Silo.Api.Stations;

/// <summary>Stations, hubs, values.</summary>
internal static class StationEndpoints
{
    private static readonly TimeSpan s_usual = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(10);

    public static void MapStations(this RouteGroupBuilder api)
    {
        api.MapGet("/stations", async ([AsParameters] Paging page, OverviewReader overview, CancellationToken token) =>
        {
            var all = (await overview.ReadAsync(token).ConfigureAwait(false)).Stations;
            return PageOf<StationView>.Of([.. all.Skip(page.Offset).Take(page.Limit + 1)], page);
        }).WithName("ListStations").WithSummary("Stations, with the region that serves each, its newest packet and how far it is safe in both regions.");

        api.MapGet("/stations/{station}", async (string station, StationReader reader, OverviewReader overview, CancellationToken token) =>
        {
            await reader.FindAsync(station, token).ConfigureAwait(false);
            return (await overview.ReadAsync(token).ConfigureAwait(false)).Stations.FirstOrDefault(s => s.Id == station)
                ?? throw ApiException.NotFound($"No station '{station}'.");
        }).WithName("GetStation").WithSummary("One station.");

        api.MapGet("/stations/{station}/hubs", async (string station, [AsParameters] Paging page, StationReader reader, CancellationToken token) =>
        {
            var found = await reader.FindAsync(station, token).ConfigureAwait(false);
            var hubs = await reader.HubsAsync(station, found, token).ConfigureAwait(false);
            return PageOf<HubView>.Of([.. hubs.Skip(page.Offset).Take(page.Limit + 1)], page);
        }).WithName("ListHubs").WithSummary("A station's hubs with their latest values.");

        api.MapGet("/stations/{station}/metrics", async (string station, StationReader reader, CancellationToken token) =>
        {
            await reader.FindAsync(station, token).ConfigureAwait(false);
            return await reader.MetricsAsync(station, token).ConfigureAwait(false);
        }).WithName("ListMetrics").WithSummary("Names of the metrics sent in the last 24 h.");

        api.MapGet("/stations/{station}/heatmap", async (string station, [FromQuery] string metric, [AsParameters] TimeRange range, StationReader reader, TimeProvider time, CancellationToken token) =>
        {
            await reader.FindAsync(station, token).ConfigureAwait(false);
            var (from, to) = range.Resolve(time.GetUtcNow(), s_usual, s_longest);
            return metric.Length is 0 or > 64
                ? throw ApiException.Bad("metric: expected the name of a metric, see /metrics of the station.")
                : await reader.HeatMapAsync(station, metric, from, to, token).ConfigureAwait(false);
        }).WithName("GetHeatMap").WithSummary("A metric over hubs and time, at most 10 days at once (default: the last hour).");
    }
}
