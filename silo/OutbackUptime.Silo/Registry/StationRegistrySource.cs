using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using OutbackUptime.Domain.Stations;
using OutbackUptime.Grains.Stations;

namespace OutbackUptime.Silo.Registry;

/// <summary>Holds the newest good registry. A start with a bad file fails; a bad change is logged and the old registry stays.</summary>
internal sealed partial class StationRegistrySource : BackgroundService, IStationRegistrySource
{
    private readonly RegistryOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<StationRegistrySource> _logger;
    private byte[] _hash;
    private volatile StationRegistry _current;

    public StationRegistrySource(IOptions<RegistryOptions> options, TimeProvider time, ILogger<StationRegistrySource> logger)
    {
        _options = options.Value;
        _time = time;
        _logger = logger;
        _current = RegistryFile.Load(_options.Path);
        _hash = SHA256.HashData(File.ReadAllBytes(_options.Path));
    }

    /// <inheritdoc/>
    public StationRegistry Current => _current;

    /// <summary>Reads the file again if its bytes changed.</summary>
    internal async Task ReloadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await File.ReadAllBytesAsync(_options.Path, cancellationToken);
            var hash = SHA256.HashData(bytes);
            if (hash.AsSpan().SequenceEqual(_hash))
            {
                return;
            }

            _hash = hash;
            _current = RegistryFile.Parse(_options.Path, bytes);
            LogReloaded(_options.Path, _current.Stations.Count());
        }
        catch (Exception e) when (e is RegistryException or IOException or UnauthorizedAccessException)
        {
            LogKept(e.Message);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.PollInterval, _time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await ReloadAsync(stoppingToken);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "The station registry {Path} was reloaded: {Stations} stations.")]
    private partial void LogReloaded(string path, int stations);

    [LoggerMessage(2, LogLevel.Error, "The changed station registry was not taken, the old one stays. {Fault}")]
    private partial void LogKept(string fault);
}
