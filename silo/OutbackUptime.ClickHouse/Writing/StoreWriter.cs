using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OutbackUptime.ClickHouse.Schema;
using OutbackUptime.Grains.Stores;

namespace OutbackUptime.ClickHouse.Writing;

/// <summary>
/// Writes one region's store for a whole silo by group commit: an INSERT starts at once when none is in flight; what
/// arrives meanwhile goes together into the next. One writer never waits for another region's.
/// </summary>
internal sealed partial class StoreWriter : BackgroundService
{
    private static readonly TimeSpan s_beforeStart = TimeSpan.FromMinutes(5);

    private readonly IStoreInserter _inserter;
    private readonly WriterOptions _options;
    private readonly TimeProvider _time;
    private readonly StoreInstruments _instruments;
    private readonly ILogger _logger;
    private readonly Breaker _breaker = new();

    // Rows are what is bounded (MaxQueuedRows); every batch has at least one.
    private readonly Channel<PendingBatch> _queue = Channel.CreateUnbounded<PendingBatch>(new() { SingleReader = true });
    private DateTimeOffset? _doubtfulSince;
    private long _queuedRows;
    private long _insertedRows;
    private long _inserts;
    private long _failures;
    private long _lastInsert;

    public StoreWriter(string region, IStoreInserter inserter, WriterOptions options, TimeProvider time, StoreInstruments instruments, ILogger logger)
    {
        (Region, _inserter, _options, _time, _instruments, _logger) = (region, inserter, options, time, instruments, logger);
        // The store may have died together with the silo that wrote before.
        _doubtfulSince = time.GetUtcNow() - s_beforeStart;
        instruments.Observe(region, () => Interlocked.Read(ref _queuedRows), () => IsAvailable);
    }

    public string Region { get; }

    public bool IsAvailable => _breaker.IsClosed;

    public StoreStatus Status => new(
        Region, IsAvailable, Interlocked.Read(ref _queuedRows), Interlocked.Read(ref _insertedRows), Interlocked.Read(ref _inserts), Interlocked.Read(ref _failures));

    /// <summary>Commits a batch; answers at once when the breaker is open or the queue is full.</summary>
    public ValueTask<StoreCommit> WriteAsync(StoreBatch batch)
    {
        if (batch.Count == 0)
        {
            return new(StoreCommit.Done);
        }

        if (!_breaker.IsClosed)
        {
            return new(StoreCommit.Failed($"store {Region} is unavailable"));
        }

        if (Interlocked.Add(ref _queuedRows, batch.Count) > _options.MaxQueuedRows)
        {
            Interlocked.Add(ref _queuedRows, -batch.Count);
            return new(StoreCommit.Failed($"store {Region}'s queue is full ({_options.MaxQueuedRows} rows)"));
        }

        var pending = new PendingBatch(batch);
        if (!_queue.Writer.TryWrite(pending))
        {
            Interlocked.Add(ref _queuedRows, -batch.Count);
            return new(StoreCommit.Failed("the silo is stopping"));
        }

        return new(pending.Outcome);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        FailQueued("the silo is stopping");
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _instruments.Start(Region);
        return Task.WhenAll(PumpAsync(stoppingToken), ProbeAsync(stoppingToken));
    }

    private async Task PumpAsync(CancellationToken stoppingToken)
    {
        var batches = new List<PendingBatch>();
        try
        {
            while (await _queue.Reader.WaitToReadAsync(stoppingToken).ConfigureAwait(false))
            {
                await PaceAsync(stoppingToken).ConfigureAwait(false);
                Gather(batches);
                await FlushAsync(batches, stoppingToken).ConfigureAwait(false);
                batches.Clear();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // StopAsync answers what is still queued.
        }
        finally
        {
            batches.ForEach(b => b.Complete(StoreCommit.Failed("the silo is stopping")));
        }
    }

    private async Task PaceAsync(CancellationToken stoppingToken)
    {
        var gap = TimeSpan.FromSeconds(1.0 / _options.MaxInsertsPerSecond) - _time.GetElapsedTime(_lastInsert);
        if (_lastInsert != 0 && gap > TimeSpan.Zero)
        {
            await Task.Delay(gap, _time, stoppingToken).ConfigureAwait(false);
        }
    }

    private void Gather(List<PendingBatch> batches)
    {
        var rows = 0;
        while (rows < _options.MaxRowsPerInsert && _queue.Reader.TryRead(out var pending))
        {
            batches.Add(pending);
            rows += pending.Batch.Count;
        }

        Interlocked.Add(ref _queuedRows, -rows);
    }

    private async Task FlushAsync(List<PendingBatch> batches, CancellationToken stoppingToken)
    {
        if (!_breaker.IsClosed)
        {
            batches.ForEach(b => b.Complete(StoreCommit.Failed($"store {Region} is unavailable")));
            return;
        }

        var commit = await InsertAsync([.. batches.Select(b => b.Batch)], stoppingToken).ConfigureAwait(false);
        if (commit is { } known)
        {
            batches.ForEach(b => b.Complete(known));
            return;
        }

        // The store refuses rows: find whose, so that the others don't wait for them.
        foreach (var pending in batches)
        {
            var own = await InsertAsync([pending.Batch], stoppingToken).ConfigureAwait(false);
            pending.Complete(own ?? StoreCommit.Failed($"store {Region} refuses rows of this frame"));
        }
    }

    /// <summary>Null when the store refuses the rows themselves.</summary>
    private async Task<StoreCommit?> InsertAsync(IReadOnlyList<StoreBatch> batches, CancellationToken stoppingToken)
    {
        var started = _lastInsert = _time.GetTimestamp();
        var startedAt = _time.GetUtcNow();
        using var span = StoreTraces.StartInsert(Region, batches);
        using var limit = new CancellationTokenSource(_options.InsertTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stoppingToken);
        try
        {
            // WaitAsync: a hanging connection must not hold the pump, whatever the driver makes of the token.
            await _inserter.InsertAsync(batches, either.Token).WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (BadRowsException e)
        {
            OnFailed(startedAt);
            span?.SetStatus(ActivityStatusCode.Error, e.Message);
            if (batches.Count == 1)
            {
                LogBadRows(Region, batches[0].Station, e.Message);
            }

            return null;
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            OnFailed(startedAt);
            var reason = limit.IsCancellationRequested ? $"no answer within {_options.InsertTimeout.TotalSeconds} s" : e.Message;
            span?.SetStatus(ActivityStatusCode.Error, reason);
            _breaker.Open();
            LogOpened(Region, reason);

            return StoreCommit.Failed($"store {Region}: {reason}");
        }

        var rows = batches.Sum(b => b.Count);
        Interlocked.Add(ref _insertedRows, rows);
        Interlocked.Increment(ref _inserts);
        _instruments.OnInserted(Region, _time.GetElapsedTime(started), rows);
        return StoreCommit.Done;
    }

    private void OnFailed(DateTimeOffset startedAt)
    {
        Interlocked.Increment(ref _failures);
        _instruments.OnFailed(Region);
        lock (_breaker)
        {
            _doubtfulSince = _doubtfulSince is { } since && since < startedAt ? since : startedAt;
        }
    }

    /// <summary>While the breaker is open, tries to prepare the store; closes the breaker when that worked.</summary>
    private async Task ProbeAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await _breaker.WaitOpenAsync().WaitAsync(stoppingToken).ConfigureAwait(false);
                if (await TryPrepareAsync(stoppingToken).ConfigureAwait(false))
                {
                    LogReady(Region);
                    _breaker.Close();
                }
                else
                {
                    await Task.Delay(_options.ProbeInterval, _time, stoppingToken).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task<bool> TryPrepareAsync(CancellationToken stoppingToken)
    {
        DateTimeOffset? doubtful;
        lock (_breaker)
        {
            (doubtful, _doubtfulSince) = (_doubtfulSince, null);
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stoppingToken);
        try
        {
            await _inserter.PrepareAsync(doubtful, either.Token).WaitAsync(either.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            lock (_breaker)
            {
                _doubtfulSince = doubtful is { } d && (_doubtfulSince is not { } s || d < s) ? d : _doubtfulSince;
            }

            if (e is SchemaMismatchException)
            {
                LogMismatch(Region, e.Message);
            }
            else
            {
                LogNotReady(Region, e.Message);
            }

            return false;
        }
    }

    private void FailQueued(string reason)
    {
        while (_queue.Reader.TryRead(out var pending))
        {
            Interlocked.Add(ref _queuedRows, -pending.Batch.Count);
            pending.Complete(StoreCommit.Failed(reason));
        }
    }
}
