using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OutbackUptime.Grains.Watch;

namespace OutbackUptime.ClickHouse.Watch;

/// <summary>
/// Writes what the watch finds into one region's store, all stations of a silo together, once a second at most, beside the packets'
/// writer: a store's answer to a packet never waits for it.
/// </summary>
/// <param name="insert">Writes rows.</param>
/// <param name="isAvailable">Whether the packets' writer finds the store in order; while it does not, nothing is tried.</param>
/// <param name="region">The store's region.</param>
/// <param name="time">Clock.</param>
/// <param name="logger">For failures.</param>
internal sealed partial class WatchWriter(
    Func<IReadOnlyList<WatchRows>, CancellationToken, Task> insert, Func<bool> isAvailable, string region, TimeProvider time, ILogger logger) : BackgroundService
{
    private const int MaxRowsPerInsert = 50_000;
    private const int MaxQueuedRows = 200_000;
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);
    private readonly ILogger _logger = logger;

    // Rows are what is bounded (MaxQueuedRows).
    private readonly Channel<PendingRows> _queue = Channel.CreateUnbounded<PendingRows>(new() { SingleReader = true });
    private long _queuedRows;

    /// <summary>True when all rows are in the store. False: nothing is known; writing again is safe.</summary>
    public Task<bool> WriteAsync(WatchRows rows)
    {
        if (rows.Count == 0)
        {
            return Task.FromResult(true);
        }

        if (!isAvailable())
        {
            return Task.FromResult(false);
        }

        var pending = new PendingRows(rows);
        if (Interlocked.Add(ref _queuedRows, rows.Count) > MaxQueuedRows || !_queue.Writer.TryWrite(pending))
        {
            Interlocked.Add(ref _queuedRows, -rows.Count);
            return Task.FromResult(false);
        }

        return pending.Written;
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        while (_queue.Reader.TryRead(out var left))
        {
            left.Complete(false);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var gathered = new List<PendingRows>();
        try
        {
            while (await _queue.Reader.WaitToReadAsync(stoppingToken).ConfigureAwait(false))
            {
                var rows = 0;
                while (rows < MaxRowsPerInsert && _queue.Reader.TryRead(out var pending))
                {
                    gathered.Add(pending);
                    rows += pending.Rows.Count;
                }

                Interlocked.Add(ref _queuedRows, -rows);
                var written = await TryInsertAsync([.. gathered.Select(g => g.Rows)], stoppingToken).ConfigureAwait(false);
                gathered.ForEach(g => g.Complete(written));
                gathered.Clear();
                await Task.Delay(s_period, time, stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // StopAsync answers what is still queued.
        }
        finally
        {
            gathered.ForEach(g => g.Complete(false));
        }
    }

    private async Task<bool> TryInsertAsync(IReadOnlyList<WatchRows> rows, CancellationToken stoppingToken)
    {
        using var limit = new CancellationTokenSource(s_limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stoppingToken);
        try
        {
            // WaitAsync: a hanging connection must not hold the writer, whatever the driver makes of the token.
            await insert(rows, either.Token).WaitAsync(either.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailed(region, limit.IsCancellationRequested ? $"no answer within {s_limit.TotalSeconds} s" : e.Message);
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Uptime and alerts could not be written to the store in {Region}: {Reason}. They are written again.")]
    private partial void LogFailed(string region, string reason);
}
