using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Orleans.Streams;
using OutbackUptime.Grains.LiveTail;

namespace OutbackUptime.Silo.LiveTail;

/// <summary>Subscribes watchers to stations' tails: a bounded queue each, the oldest event is dropped first.</summary>
internal sealed class LiveTailWatchers(IClusterClient client, IOptions<LiveTailOptions> options)
{
    private readonly LiveTailOptions _options = options.Value;
    private int _watchers;

    /// <summary>How many are watching.</summary>
    public int Count => Volatile.Read(ref _watchers);

    /// <summary>Takes a watcher's place, to be given back by <see cref="Leave"/>; false when all are taken.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _watchers) <= _options.MaxWatchers)
        {
            return true;
        }

        Leave();
        return false;
    }

    /// <summary>Gives a place back.</summary>
    public void Leave() => Interlocked.Decrement(ref _watchers);

    /// <summary>A station's events from now until cancelled.</summary>
    public async IAsyncEnumerable<StationTail> WatchAsync(string station, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var queue = Channel.CreateBounded<StationTail>(new BoundedChannelOptions(_options.MaxQueued) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        var stream = client.GetStreamProvider(LiveTailStreams.Provider).GetStream<StationTail>(LiveTailStreams.Of(station));
        var subscription = await stream.SubscribeAsync((tail, _) =>
        {
            queue.Writer.TryWrite(tail);
            return Task.CompletedTask;
        });
        try
        {
            await foreach (var tail in queue.Reader.ReadAllAsync(cancellationToken))
            {
                yield return tail;
            }
        }
        finally
        {
            await subscription.UnsubscribeAsync();
        }
    }
}
