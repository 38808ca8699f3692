namespace OutbackUptime.EdgeGateway.Footprint;

/// <summary>Trims memory (<see cref="MemoryTrim"/>) when the start is over, and then from time to time.</summary>
internal sealed partial class MemoryTrimmer(TimeProvider time, ILogger<MemoryTrimmer> logger) : BackgroundService
{
    /// <summary>Hubs have connected by then, and the link is up.</summary>
    public static readonly TimeSpan First = TimeSpan.FromSeconds(10);

    /// <summary>Then as often.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    // Between the look and the trim: no library takes as long to be loaded.
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly ILogger _logger = logger;
    private readonly MemoryTrim _trim = new();

    /// <summary>How often it has trimmed.</summary>
    public int Trims { get; private set; }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            for (var wait = First; ; wait = Interval)
            {
                await Task.Delay(wait - s_pause, time, stoppingToken).ConfigureAwait(false);
                if (!Try(_trim.Look))
                {
                    return;
                }

                await Task.Delay(s_pause, time, stoppingToken).ConfigureAwait(false);
                if (!Try(_trim.Run))
                {
                    return;
                }

                Trims++;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private bool Try(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DllNotFoundException)
        {
            // /proc may be hidden. Memory is then what it was.
            LogNotTrimmed(e.Message);
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Memory is not trimmed: {Reason}")]
    private partial void LogNotTrimmed(string reason);
}
