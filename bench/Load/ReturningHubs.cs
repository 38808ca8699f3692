namespace OutbackUptime.Bench.Load;

/// <summary>Some <see cref="ReturningHub"/>s, from their start to their end.</summary>
internal sealed class ReturningHubs : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly List<ReturningHub> _hubs;
    private readonly Task _running;

    private ReturningHubs(LoadTarget target, int count, double rate, bool again, DateTimeOffset start)
    {
        _hubs = [.. Enumerable.Range(0, count).Select(i => new ReturningHub(target, i, start, TimeSpan.FromSeconds(count / rate), again))];
        _running = Task.WhenAll(_hubs.Select(h => Task.Run(() => h.RunAsync(_stop.Token, _abort.Token))));
    }

    /// <summary>Starts so many hubs, which together publish so many packets a second if they are answered in time.</summary>
    public static ReturningHubs Start(LoadTarget target, int count, double rate, bool again, DateTimeOffset start) => new(target, count, rate, again, start);

    /// <summary>No new packets; waits for the PUBACKs of those under way, at most <paramref name="limit"/>; returns all that got one.</summary>
    public async Task<HashSet<PacketKey>> StopAsync(TimeSpan limit)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _abort.CancelAfter(limit);
        await _running.ConfigureAwait(false);
        return [.. _hubs.SelectMany(h => h.Acknowledged)];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _abort.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _abort.Dispose();
    }
}
