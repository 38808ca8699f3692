using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Placement;
using OutbackUptime.Grains.Alerting;
using OutbackUptime.Grains.Placement;
using OutbackUptime.Grains.Stations;

namespace OutbackUptime.Grains.Watch;

/// <inheritdoc cref="IWatchGrain"/>
/// <remarks>Not reentrant: evidence, judgement and acknowledgement come one after the other. What it does is <see cref="StationWatcher"/>'s.</remarks>
[HomeRegion, RandomPlacement, CollectionAgeLimit(Minutes = 2), GrainType("watch")]
public sealed partial class WatchGrain(
    IWatchStores stores,
    IStationRegistrySource registry,
    RegionBeats beats,
    IOptions<WatchOptions> options,
    IOptions<StationOptions> stationOptions,
    TimeProvider time,
    ILogger<WatchGrain> logger) : Grain, IWatchGrain
{
    private readonly WatchOptions _options = options.Value;
    private readonly string _region = stationOptions.Value.Region;
    private StationWatcher _watcher = null!;
    private DateTimeOffset _asked;

    private string Station => this.GetPrimaryKeyString();

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var services = new WatchServices([.. stores.All.OrderByDescending(s => s.Region == _region)], beats, _options, time);
        _watcher = new StationWatcher(Station, services, registry, ServiceProvider.GetService<INoticeSender>());
        _asked = time.GetUtcNow();
        this.RegisterGrainTimer(JudgeAsync, new GrainTimerCreationOptions(_options.Interval, _options.Interval) { KeepAlive = false });
        LogWatching(logger, Station, _region);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask Tick(string region)
    {
        _asked = time.GetUtcNow();
        if (registry.Current.TryGet(Station, out var station) && station.HomeRegion == region && _region != region)
        {
            // Home is back, and asks: the next activation is there.
            DeactivateOnIdle();
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask Seen(SeenPacket[] packets, bool missed)
    {
        ArgumentNullException.ThrowIfNull(packets);
        _watcher.OnSeen(packets, missed);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> Acknowledge(string alertId, string by)
    {
        ArgumentException.ThrowIfNullOrEmpty(alertId);
        ArgumentException.ThrowIfNullOrEmpty(by);
        return await _watcher.AcknowledgeAsync(alertId, by, CancellationToken.None);
    }

    private async Task JudgeAsync(CancellationToken cancellationToken)
    {
        if (time.GetUtcNow() - _asked > _options.TickPatience)
        {
            return;
        }

        try
        {
            await _watcher.RoundAsync(cancellationToken);
        }
#pragma warning disable CA1031 // A store that can't be read, mostly; the next round tries again, and what was judged is kept.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogRoundFailed(logger, Station, e.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "{Station} is watched from {Region}.")]
    private static partial void LogWatching(ILogger logger, string station, string region);

    [LoggerMessage(2, LogLevel.Warning, "{Station} could not be judged fully: {Reason}. It is tried again.")]
    private static partial void LogRoundFailed(ILogger logger, string station, string reason);
}
