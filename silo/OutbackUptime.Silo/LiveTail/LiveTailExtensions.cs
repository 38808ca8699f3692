using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using OutbackUptime.Grains.LiveTail;
using OutbackUptime.Grains.Stations;

namespace OutbackUptime.Silo.LiveTail;

/// <summary>Adds the live tail to a silo.</summary>
internal static class LiveTailExtensions
{
    /// <summary>Memory streams for the tail. Their queues go with the silo; a tail needs no more.</summary>
    public static ISiloBuilder AddLiveTail(this ISiloBuilder silo)
    {
        silo.AddMemoryStreams(LiveTailStreams.Provider);
        silo.AddMemoryGrainStorage("PubSubStore");
        silo.Services.AddOptionsWithValidateOnStart<LiveTailOptions, LiveTailOptionsValidator>().BindConfiguration("LiveTail");
        silo.Services.AddSingleton<LiveTailWatchers>();
        return silo;
    }

    /// <summary>GET /live/{station}: the station's tail as server-sent events.</summary>
    public static RouteHandlerBuilder MapLiveTail(this IEndpointRouteBuilder endpoints) => endpoints.MapGet(
        "/live/{station}",
        Results<ServerSentEventsResult<StationTail>, ProblemHttpResult> (
            string station, LiveTailWatchers watchers, IStationRegistrySource registry, IHostApplicationLifetime lifetime, CancellationToken cancellationToken) =>
            !registry.Current.TryGet(station, out _)
                ? TypedResults.Problem("No such station is in the registry.", statusCode: StatusCodes.Status404NotFound)
            : !watchers.TryEnter()
                ? TypedResults.Problem("All watchers' places on this silo are taken; try again later.", statusCode: StatusCodes.Status503ServiceUnavailable)
            : TypedResults.ServerSentEvents(WatchAsync(station, watchers, lifetime.ApplicationStopping, cancellationToken), "tail"));

    private static async IAsyncEnumerable<StationTail> WatchAsync(
        string station, LiveTailWatchers watchers, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
        try
        {
            await foreach (var tail in watchers.WatchAsync(station, either.Token))
            {
                yield return tail;
            }
        }
        finally
        {
            watchers.Leave();
        }
    }
}
