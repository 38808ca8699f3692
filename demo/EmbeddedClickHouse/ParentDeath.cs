using System.Runtime.InteropServices;

namespace OutbackUptime.EmbeddedClickHouse;

/// <summary>
/// Stops this process when the one that started it has ended. Looks at the parent's id rather than asking for
/// PR_SET_PDEATHSIG: that signal comes when the starting *thread* ends, and a thread pool's threads do.
/// </summary>
internal sealed partial class ParentDeath(IHostApplicationLifetime lifetime, TimeProvider time) : BackgroundService
{
    private readonly int _parent = getppid();

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                if (getppid() != _parent)
                {
                    lifetime.StopApplication();
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping anyway.
        }
    }

    [LibraryImport("libc")]
    private static partial int getppid();
}
