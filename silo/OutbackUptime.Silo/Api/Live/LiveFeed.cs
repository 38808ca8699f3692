using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Orleans.Streams;
using OutbackUptime.Grains.LiveTail;
using OutbackUptime.Grains.Stations;
using OutbackUptime.Silo.Api.Regions;
using OutbackUptime.Silo.LiveTail;

namespace OutbackUptime.Silo.Api.Live;

/// <summary>
/// One subscription per station for all live pages of this silo, as long as there are any. Subscriptions live in the cluster's memory
/// and go with a silo, so a station that falls silent is subscribed to again.
/// </summary>
internal sealed partial class LiveFeed(
    IClusterClient client, IStationRegistrySource registry, Owners owners, IOptions<LiveTailOptions> options, TimeProvider time, ILogger<LiveFeed> logger) : BackgroundService
{
    private const int MaxStations = 1000;
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_silent = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan s_linger = TimeSpan.FromSeconds(60);

    private readonly ILogger _logger = logger;
    private readonly ConcurrentDictionary<Channel<StationTail>, bool> _watchers = new();
    private readonly Dictionary<string, Subscription> _subscriptions = new(StringComparer.Ordinal);

    /// <summary>A watcher's queue, to be given back by <see cref="Leave"/>. Its oldest event is dropped when it is full.</summary>
    public Channel<StationTail> Join()
    {
        var queue = Channel.CreateBounded<StationTail>(new BoundedChannelOptions(options.Value.MaxQueued) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        _watchers[queue] = true;
        return queue;
    }

    /// <summary>Gives a queue back.</summary>
    public void Leave(Channel<StationTail> queue) => _watchers.TryRemove(queue, out _);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_look, time);
        var watchedAt = DateTimeOffset.MinValue;
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                var now = time.GetUtcNow();
                watchedAt = _watchers.IsEmpty ? watchedAt : now;
                if (now - watchedAt < s_linger)
                {
                    await SubscribeAsync(now).ConfigureAwait(false);
                }
                else if (_subscriptions.Count > 0)
                {
                    await Task.WhenAll(_subscriptions.Values.Select(s => EndAsync(s.Handle))).ConfigureAwait(false);
                    _subscriptions.Clear();
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping; the subscriptions go with the silo.
        }
    }

    private Task SubscribeAsync(DateTimeOffset now) => Task.WhenAll(
        registry.Current.Stations.Take(MaxStations).Where(s => !_subscriptions.TryGetValue(s.Id, out var known) || now - known.HeardAt > s_silent).Select(s => s.Id).ToList()
            .Select(async station =>
            {
                _subscriptions.TryGetValue(station, out var old);
                var subscription = new Subscription { HeardAt = now };
                _subscriptions[station] = subscription;
                await EndAsync(old?.Handle).ConfigureAwait(false);
                try
                {
                    var stream = client.GetStreamProvider(LiveTailStreams.Provider).GetStream<StationTail>(LiveTailStreams.Of(station));
                    subscription.Handle = await stream.SubscribeAsync((tail, _) => OnTail(subscription, tail)).WaitAsync(s_silent, time).ConfigureAwait(false);
                }
                catch (Exception e) when (e is OrleansException or TimeoutException)
                {
                    LogNotSubscribed(station, e.Message);
                }
            }));

    private Task OnTail(Subscription subscription, StationTail tail)
    {
        subscription.HeardAt = time.GetUtcNow();
        owners.OnTail(tail.Station, tail.Region);
        foreach (var queue in _watchers.Keys)
        {
            queue.Writer.TryWrite(tail);
        }

        return Task.CompletedTask;
    }

    private static async Task EndAsync(StreamSubscriptionHandle<StationTail>? handle)
    {
        if (handle is null)
        {
            return;
        }

        try
        {
            await handle.UnsubscribeAsync().WaitAsync(s_look).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException or InvalidOperationException)
        {
            // It is gone with the silo that kept it.
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "The tail of {Station} could not be subscribed to, tried again soon: {Reason}")]
    private partial void LogNotSubscribed(string station, string reason);

    private sealed class Subscription
    {
        public DateTimeOffset HeardAt { get; set; }

        public StreamSubscriptionHandle<StationTail>? Handle { get; set; }
    }
}
