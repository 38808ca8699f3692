using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using OutbackUptime.Grains.LiveTail;
using OutbackUptime.Silo.Api.Regions;
using OutbackUptime.Silo.LiveTail;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace OutbackUptime.Silo.Api.Live;

/// <summary>GET /api/v1/live: server-sent events `overview` (every 2 s) and `tail` (a station's newest packets, at most one a second and station).</summary>
internal static class LiveEndpoints
{
    public static void MapLive(this RouteGroupBuilder api) => api.MapGet("/live", WatchAsync)
        .WithName("WatchLive").WithSummary("Server-sent events: `overview` every 2 s, `tail` with stations' newest packets.").Produces(StatusCodes.Status200OK, contentType: "text/event-stream");

    private static async Task WatchAsync(
        HttpContext context, LiveFeed feed, LiveTailWatchers places, OverviewReader overview, IOptions<ApiOptions> options, IOptions<JsonOptions> json,
        IHostApplicationLifetime lifetime, TimeProvider time)
    {
        if (!places.TryEnter())
        {
            throw new ApiException(StatusCodes.Status503ServiceUnavailable, "All watchers' places on this silo are taken; try again later.");
        }

        var queue = feed.Join();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers["X-Accel-Buffering"] = "no";
            await context.Response.StartAsync(either.Token).ConfigureAwait(false);
            await PumpAsync(context.Response, queue.Reader, overview, options.Value.OverviewInterval, json.Value.SerializerOptions, time, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The page was left, or the silo stops: the browser connects again by itself.
        }
        finally
        {
            feed.Leave(queue);
            places.Leave();
        }
    }

    private static async Task PumpAsync(
        HttpResponse response, ChannelReader<StationTail> tails, OverviewReader overview, TimeSpan interval, JsonSerializerOptions json, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        await WriteAsync(response, "overview", await overview.ReadAsync(cancellationToken).ConfigureAwait(false), json, cancellationToken).ConfigureAwait(false);
        var tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
        var ready = tails.WaitToReadAsync(cancellationToken).AsTask();
        while (true)
        {
            await Task.WhenAny(tick, ready).ConfigureAwait(false);
            if (ready.IsCompleted)
            {
                await ready.ConfigureAwait(false);
                while (tails.TryRead(out var tail))
                {
                    await WriteAsync(response, "tail", tail, json, cancellationToken).ConfigureAwait(false);
                }

                ready = tails.WaitToReadAsync(cancellationToken).AsTask();
            }

            if (tick.IsCompleted)
            {
                await tick.ConfigureAwait(false);
                await WriteAsync(response, "overview", await overview.ReadAsync(cancellationToken).ConfigureAwait(false), json, cancellationToken).ConfigureAwait(false);
                tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
            }
        }
    }

    private static async Task WriteAsync<T>(HttpResponse response, string kind, T value, JsonSerializerOptions json, CancellationToken cancellationToken)
    {
        await response.WriteAsync($"event: {kind}\ndata: {JsonSerializer.Serialize(value, json)}\n\n", cancellationToken).ConfigureAwait(false);
        await response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
