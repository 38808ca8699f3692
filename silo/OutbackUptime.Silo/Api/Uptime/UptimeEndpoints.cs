using Microsoft.AspNetCore.Mvc;
using OutbackUptime.Silo.Api.Stations;

namespace OutbackUptime.Silo.Api.Uptime;

/// <summary>Which hop died when, and how much of the time things were up.</summary>
internal static class UptimeEndpoints
{
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(400);

    public static void MapUptime(this RouteGroupBuilder api)
    {
        api.MapGet("/uptime", async ([FromQuery] string? by, [AsParameters] TimeRange range, UptimeReader uptime, TimeProvider time, CancellationToken token) =>
        {
            var (from, to) = range.Resolve(time.GetUtcNow(), s_day, s_longest);
            return await uptime.ReadAsync(null, by ?? "station", from, to, token).ConfigureAwait(false);
        }).WithName("GetUptime").WithSummary("Minutes by cause over a range (default: the last day); `by` is all, station (default) or hub.");

        api.MapGet("/stations/{station}/uptime", async (string station, [FromQuery] string? by, [AsParameters] TimeRange range, UptimeReader uptime, StationReader stations, TimeProvider time, CancellationToken token) =>
        {
            await stations.FindAsync(station, token).ConfigureAwait(false);
            var (from, to) = range.Resolve(time.GetUtcNow(), s_day, s_longest);
            return await uptime.ReadAsync(station, by ?? "hub", from, to, token).ConfigureAwait(false);
        }).WithName("GetStationUptime").WithSummary("A station's minutes by cause; `by` is hub (default), station or all.");

        api.MapGet("/stations/{station}/ribbons", async (string station, [AsParameters] TimeRange range, UptimeReader uptime, StationReader stations, TimeProvider time, CancellationToken token) =>
        {
            await stations.FindAsync(station, token).ConfigureAwait(false);
            var (from, to) = range.Resolve(time.GetUtcNow(), TimeSpan.FromHours(3), TimeSpan.FromDays(2));
            return await uptime.RibbonsAsync(station, from, to, token).ConfigureAwait(false);
        }).WithName("GetRibbons").WithSummary("Per hub what happened when (default: the last 3 h, at most 2 days), with ranges that are late, thinned or lost.");

        api.MapGet("/losses", async ([FromQuery] string? station, [AsParameters] Paging page, UptimeReader uptime, CancellationToken token) =>
            PageOf<LossView>.Of(await uptime.LossesAsync(station, page, token).ConfigureAwait(false), page))
            .WithName("ListLosses").WithSummary("What gateways' journals gave up or thinned, by name.");
    }
}
