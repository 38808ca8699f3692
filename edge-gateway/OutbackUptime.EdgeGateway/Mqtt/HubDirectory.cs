using Microsoft.Extensions.Options;

namespace OutbackUptime.EdgeGateway.Mqtt;

/// <summary>Keeps the credentials fresh: looks at the file now and then; a bad one is logged and the old one stays.</summary>
internal sealed partial class HubDirectory : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private volatile HubCredentials _current;
    private DateTime _written;

    public HubDirectory(IOptions<MqttOptions> options, TimeProvider time, ILogger<HubDirectory> logger)
    {
        (_path, _time, _logger) = (options.Value.HubsFile, time, logger);
        _written = File.GetLastWriteTimeUtc(_path);
        _current = HubCredentials.Load(_path);
    }

    public HubCredentials Current => _current;

    /// <summary>Raised when <see cref="Current"/> has changed.</summary>
    public event Action? Changed;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                Refresh();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private void Refresh()
    {
        var written = File.GetLastWriteTimeUtc(_path);
        if (written == _written)
        {
            return;
        }

        _written = written;
        try
        {
            _current = HubCredentials.Load(_path);
            LogReloaded(_path, _current.Count);
            Changed?.Invoke();
        }
        catch (InvalidDataException e)
        {
            LogKept(e.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "{Path} was reloaded: {Count} hubs")]
    private partial void LogReloaded(string path, int count);

    [LoggerMessage(2, LogLevel.Error, "The changed hubs file was not taken, the old one stays: {Reason}")]
    private partial void LogKept(string reason);
}
