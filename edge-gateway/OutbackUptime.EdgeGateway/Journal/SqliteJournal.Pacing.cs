namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>When the writer commits.</summary>
internal sealed partial class SqliteJournal
{
    private static readonly TimeSpan s_markLinger = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_crowdLinger = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_slice = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_lull = TimeSpan.FromMilliseconds(2);

    /// <summary>So many packets are worth a commit of their own.</summary>
    private const int WorthACommit = 32;

    /// <summary>Waits for packets or marks; meanwhile tries whether a disk in trouble has recovered. False when the journal stops.</summary>
    private async Task<bool> WaitForWorkAsync()
    {
        var work = _queue.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
        while (!work.IsCompleted && _health.RetryIn is { } wait)
        {
            using var stop = new CancellationTokenSource();
            await Task.WhenAny(work, Task.Delay(wait, _time, stop.Token)).ConfigureAwait(false);
            await stop.CancelAsync().ConfigureAwait(false);
            Commit([]);
        }

        return await work.ConfigureAwait(false);
    }

    /// <summary>
    /// A commit after a pause starts at once; the next one no sooner than the linger after it, and takes along what came meanwhile.
    /// While packets come in crowds, commits (and so frames and receipts) of a crowd each cost less CPU and flash than one for
    /// every packet or two. A crowd that has come whole, so that all of it waits, is not kept waiting. Marks alone wait longer, for
    /// packets that take them along.
    /// </summary>
    private async Task PauseAsync(List<PendingAppend> batch)
    {
        while (batch.Count < _options.MaxBatch && !_closing.IsCancellationRequested)
        {
            // Where commits are to be few, marks go along with the next packets, if any come.
            var isCrowd = batch.Count > 0 && _isCrowded && _options.Linger < s_crowdLinger;
            var gap = batch.Count == 0 ? s_markLinger + (3 * _options.Linger) : isCrowd ? s_crowdLinger : _options.Linger;
            var left = gap - _time.GetElapsedTime(_lastCommit);
            if (left <= TimeSpan.Zero)
            {
                return;
            }

            // In slices: a long linger must not hold up a batch that is full, nor packets that come after marks.
            var slice = isCrowd ? s_lull : gap / 10 > s_slice ? gap / 10 : s_slice;
            var before = batch.Count;
            await Task.Delay(left < slice ? left : slice, _time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Gather(batch);
            if (isCrowd && before >= WorthACommit && batch.Count == before)
            {
                return;
            }
        }
    }

    private void Gather(List<PendingAppend> batch)
    {
        while (batch.Count < _options.MaxBatch && _queue.Reader.TryRead(out var pending))
        {
            if (pending is null)
            {
                Interlocked.Exchange(ref _wakeQueued, 0);
            }
            else
            {
                batch.Add(pending);
            }
        }
    }

    /// <summary>Has the writer commit although no packet waits. A full queue is no loss: its packets make a commit.</summary>
    private void Wake()
    {
        if (Interlocked.Exchange(ref _wakeQueued, 1) == 0 && !_queue.Writer.TryWrite(null))
        {
            Interlocked.Exchange(ref _wakeQueued, 0);
        }
    }
}
