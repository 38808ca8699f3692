using OutbackUptime.Domain.Uptime;
using OutbackUptime.Grains.Watch;

namespace OutbackUptime.ClickHouse.Watch;

/// <summary>One region's store, for the watch.</summary>
internal sealed class WatchStore(string region, WatchWriter writer, WatchReader reader, Func<bool> isAvailable, WriterOptions limits, TimeProvider time) : IWatchStore, IDisposable
{
    private readonly SemaphoreSlim _reads = new(limits.MaxWatchReads);

    /// <inheritdoc/>
    public string Region => region;

    /// <inheritdoc/>
    public bool IsAvailable => isAvailable();

    public WatchWriter Writer => writer;

    /// <inheritdoc/>
    public Task<bool> WriteAsync(WatchRows rows) => writer.WriteAsync(rows);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SeenPacket>> ReadPacketsAsync(string station, MinuteRange range, TimeSpan slot, int most, CancellationToken cancellationToken) =>
        await InTimeAsync(t => reader.PacketsAsync(station, $"received_at >= {WatchReader.Micro(range.From)} AND received_at < {WatchReader.Micro(range.To)}", slot, most, t), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SeenPacket>> ReadCommittedAsync(string station, DateTimeOffset from, TimeSpan slot, int most, CancellationToken cancellationToken) =>
        await InTimeAsync(t => reader.PacketsAsync(station, $"committed_at >= {WatchReader.Micro(from)}", slot, most, t), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<VerdictRow>> ReadVerdictsAsync(string station, MinuteRange range, int most, CancellationToken cancellationToken) =>
        await InTimeAsync(t => reader.VerdictsAsync(station, $"minute >= {WatchReader.Micro(range.From)} AND minute < {WatchReader.Micro(range.To)} ORDER BY minute LIMIT {most}", t), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<VerdictRow>> ReadLastVerdictsAsync(string station, DateTimeOffset before, CancellationToken cancellationToken) =>
        await InTimeAsync(t => reader.VerdictsAsync(station, $"minute < {WatchReader.Micro(before)} AND verdict != 'unknown' ORDER BY minute DESC LIMIT 1 BY hub", t), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<DateTimeOffset, ulong>> ReadHourSumsAsync(string station, DateTimeOffset from, CancellationToken cancellationToken) =>
        (await InTimeAsync(t => reader.HourSumsAsync(station, from, t), cancellationToken).ConfigureAwait(false)).ToDictionary(h => h.Hour, h => h.Sum);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AlertRow>> ReadAlertsAsync(string station, int most, CancellationToken cancellationToken) =>
        await InTimeAsync(t => reader.AlertsAsync(station, most, t), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<NoticeRow>> ReadNoticesAsync(string station, DateTimeOffset from, CancellationToken cancellationToken) =>
        await InTimeAsync(t => reader.NoticesAsync(station, from, t), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<(string Region, DateTimeOffset At)>> ReadBeatsAsync(DateTimeOffset from, CancellationToken cancellationToken) =>
        await InTimeAsync(t => reader.BeatsAsync(from, t), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public void Dispose() => _reads.Dispose();

    // The wait for others' reads is not the store's time. WaitAsync, because a store that hangs may not heed the token.
    private async Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        await _reads.WaitAsync(cancellationToken).ConfigureAwait(false);
        var started = time.GetTimestamp();
        try
        {
            using var limit = new CancellationTokenSource(limits.ReadTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            return await read(either.Token).WaitAsync(either.Token).ConfigureAwait(false);
        }
        finally
        {
            _ = ReleaseAsync(time.GetElapsedTime(started) * ((1 / limits.WatchShare) - 1));
        }
    }

    private async Task ReleaseAsync(TimeSpan pause)
    {
        await Task.Delay(pause, time).ConfigureAwait(false);
        try
        {
            _reads.Release();
        }
        catch (ObjectDisposedException)
        {
            // The silo has stopped.
        }
    }
}
