using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Placement;
using OutbackUptime.Domain.Alerts;
using OutbackUptime.Domain.Stations;
using OutbackUptime.Grains.Placement;
using OutbackUptime.Grains.Stations;

namespace OutbackUptime.Grains.Watch;

/// <inheritdoc cref="IWatchGrain"/>
/// <remarks>
/// Not reentrant: evidence, judgement and acknowledgement come one after the other. It knows nothing that the stores don't: a new
/// activation reads verdicts, alerts, notices and the last days' packets, and goes on where the other one was.
/// </remarks>
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
    private WatchServices _services = null!;
    private WatchRecovery _recovery = null!;
    private WatchReconciler _reconciler = null!;
    private WatchOutbox _outbox = null!;
    private NoticeBook _notices = null!;
    private StationWatch? _watch;
    private DateTimeOffset _asked;
    private DateTimeOffset _reconciled;
    private bool _caughtUp;

    private string Station => this.GetPrimaryKeyString();

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _services = new WatchServices([.. stores.All.OrderByDescending(s => s.Region == _region)], beats, _options, time);
        _recovery = new WatchRecovery(Station, _services);
        _reconciler = new WatchReconciler(Station, _services);
        _outbox = new WatchOutbox(_services);
        _notices = new NoticeBook(Station, _services, ServiceProvider.GetService<IAlertNotifier>());
        _asked = time.GetUtcNow();
        // Soon after the start: a peer that takes over tells people of what the dead region found.
        _reconciled = _asked - _options.ReconcileInterval + TimeSpan.FromSeconds(30);
        this.RegisterGrainTimer(JudgeAsync, new GrainTimerCreationOptions(_options.Interval, _options.Interval) { KeepAlive = false });
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
    public ValueTask Seen(SeenPacket[] packets)
    {
        ArgumentNullException.ThrowIfNull(packets);
        if (_watch is not null)
        {
            foreach (var packet in packets)
            {
                _watch.OnPacket(packet);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> Acknowledge(string alertId, string by)
    {
        ArgumentException.ThrowIfNullOrEmpty(alertId);
        ArgumentException.ThrowIfNullOrEmpty(by);
        if (await WatchAsync(CancellationToken.None) is not { } watch || watch.Alerts.Acknowledge(alertId, by, time.GetUtcNow()) is not { } transition)
        {
            return false;
        }

        _outbox.Add(new AlertRow(transition.Alert, time.GetUtcNow()));
        return await _outbox.FlushAsync();
    }

    private async Task JudgeAsync(CancellationToken cancellationToken)
    {
        if (time.GetUtcNow() - _asked > _options.TickPatience || await WatchAsync(cancellationToken) is not { } watch)
        {
            return;
        }

        try
        {
            foreach (var (at, region) in beats.Snapshot())
            {
                watch.Uptime.OnRegionBeat(region, at);
            }

            var now = time.GetUtcNow();
            var (verdicts, alerts) = watch.Judge(now);
            _outbox.Add(verdicts.Concat(await _recovery.JudgePastAsync(watch, cancellationToken)).Select(v => new VerdictRow(Station, v, now)));
            foreach (var transition in alerts)
            {
                _outbox.Add(new AlertRow(transition.Alert, now));
                _notices.Add(transition);
            }

            await PassOnAsync(watch.Station, now, cancellationToken);
        }
#pragma warning disable CA1031 // A store that can't be read, mostly; the next round tries again, and what was judged is kept.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogRoundFailed(logger, Station, e.Message);
        }
    }

    /// <summary>First written, then told: a peer that takes over between the two tells it again under the same key, never not at all.</summary>
    private async Task PassOnAsync(Station station, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await _outbox.FlushAsync())
        {
            foreach (var row in await _notices.TellAsync(station, cancellationToken))
            {
                _outbox.Add(row);
            }

            await _outbox.FlushAsync();
        }

        if (_outbox.HasOverflowed)
        {
            // What was judged meanwhile is nowhere: judge it anew, from the stores.
            _watch = null;
            _outbox = new WatchOutbox(_services);
        }

        if (now - _reconciled >= _options.ReconcileInterval && await _reconciler.RunAsync(cancellationToken))
        {
            _reconciled = now;
        }
    }

    /// <summary>The watch, knowing all that can be known; null while no store can be read or the station is not in the registry.</summary>
    private async Task<StationWatch?> WatchAsync(CancellationToken cancellationToken)
    {
        if (!registry.Current.TryGet(Station, out var station))
        {
            return _watch = null;
        }

        if (_watch is null || !ReferenceEquals(_watch.Station, station))
        {
            (_watch, _caughtUp) = (new StationWatch(station, time.GetUtcNow()), false);
        }

        var isNew = !_caughtUp;
        if (!await _recovery.CatchUpAsync(_watch, isNew, cancellationToken))
        {
            return null;
        }

        if (isNew)
        {
            _caughtUp = true;
            await _notices.RecoverAsync(_watch.Alerts.Current, cancellationToken);
            LogWatching(logger, Station, _region, _watch.Alerts.Current.Count);
        }

        return _watch;
    }

    [LoggerMessage(1, LogLevel.Information, "{Station} is watched from {Region}; {Alerts} alerts are on.")]
    private static partial void LogWatching(ILogger logger, string station, string region, int alerts);

    [LoggerMessage(2, LogLevel.Warning, "{Station} could not be judged fully: {Reason}. It is tried again.")]
    private static partial void LogRoundFailed(ILogger logger, string station, string reason);
}
