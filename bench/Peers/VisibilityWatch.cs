using System.Diagnostics;
using OutbackUptime.Bench.Load;

namespace OutbackUptime.Bench.Peers;

/// <summary>
/// When rows can be read. It asks the table every 20 ms which INSERTs are in it, so it is late by that and the time of its
/// query, for every pipeline alike. The rows' own stamp says only when an INSERT began, before its fsync.
/// </summary>
internal sealed class VisibilityWatch : IAsyncDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(20);
    private const long OverlapMicroseconds = 20_000_000;
    private readonly StoreTable _table;
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<long, long> _seen = [];
    private readonly Task _running;

    private VisibilityWatch(StoreTable table, long since)
    {
        _table = table;
        _running = Task.Run(() => RunAsync(since));
    }

    /// <summary>Watches from now on.</summary>
    public static VisibilityWatch Start(StoreTable table, DateTimeOffset now) => new(table, now.ToUnixTimeMilliseconds() * 1000);

    /// <summary>Stops, and returns for each packet when its first row was seen (of <see cref="Stopwatch"/>).</summary>
    public async Task<Dictionary<PacketKey, long>> StopAsync(CancellationToken cancellationToken)
    {
        await DisposeAsync().ConfigureAwait(false);
        var visible = new Dictionary<PacketKey, long>();
        foreach (var (packet, stamp) in await _table.StampsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (_seen.TryGetValue(stamp, out var at) && (!visible.TryGetValue(packet, out var before) || at < before))
            {
                visible[packet] = at;
            }
        }

        return visible;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
    }

    private async Task RunAsync(long since)
    {
        var newest = since;
        try
        {
            while (true)
            {
                // A later look may find an earlier stamp: INSERTs become visible when they end.
                foreach (var stamp in await _table.InsertsAsync(Math.Max(since, newest - OverlapMicroseconds), _stop.Token).ConfigureAwait(false))
                {
                    _seen.TryAdd(stamp, Stopwatch.GetTimestamp());
                    newest = Math.Max(newest, stamp);
                }

                await Task.Delay(s_interval, _stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }
}
