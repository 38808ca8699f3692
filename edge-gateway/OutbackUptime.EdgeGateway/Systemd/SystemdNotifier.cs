using OutbackUptime.EdgeGateway.Journal;

namespace OutbackUptime.EdgeGateway.Systemd;

/// <summary>
/// Tells systemd when the gateway takes packets, and then, where it asks for it (WatchdogSec), that it still lives. A gateway whose
/// journal no longer answers is silent, so that systemd starts it anew; one whose link is down is well: that is what it is for.
/// </summary>
/// <param name="socket">Where to.</param>
/// <param name="watchdog">Longest silence that systemd bears; null: it doesn't listen.</param>
/// <param name="journal">Asked before each sign of life.</param>
/// <param name="time">For the pace: twice as often as must be.</param>
internal sealed class SystemdNotifier(NotifySocket socket, TimeSpan? watchdog, SqliteJournal journal, TimeProvider time) : BackgroundService, IHostedLifecycleService
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        socket.Send("READY=1\nSTATUS=takes packets");
        _started.TrySetResult();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        socket.Send("STOPPING=1\nSTATUS=writes what it has");
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (watchdog is not { } limit)
        {
            return;
        }

        try
        {
            await _started.Task.WaitAsync(stoppingToken).ConfigureAwait(false);
            using var timer = new PeriodicTimer(limit / 2, time);
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                _ = journal.UsedBytes;
                socket.Send("WATCHDOG=1");
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }
}
