namespace OutbackUptime.EdgeGateway.Footprint;

/// <summary>Trims memory (<see cref="MemoryTrim"/>) when the start is over, and then from time to time.</summary>
internal sealed partial class MemoryTrimmer(TimeProvider time, ILogger<MemoryTrimmer> logger) : BackgroundService
{
    /// <summary>Hubs have connected by then, and the link is up.</summary>
    public static readonly TimeSpan First = TimeSpan.FromSeconds(10);

    /// <summary>Then as often.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly ILogger _logger = logger;
    private readonly MemoryTrim _trim = new();

    /// <summary>How often it has trimmed.</summary>
    public int Trims { get; private set; }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var mayGoOn = Try(_trim.Look);
        for (var wait = First; mayGoOn && !stoppingToken.IsCancellationRequested; wait = Interval)
        {
            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stoppingToken.IsCancellationRequested)
            {
                mayGoOn = Try(_trim.Run);
                Trims += mayGoOn ? 1 : 0;
            }
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
