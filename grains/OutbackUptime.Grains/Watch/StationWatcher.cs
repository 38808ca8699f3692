using OutbackUptime.Grains.Alerting;
using OutbackUptime.Grains.Stations;

namespace OutbackUptime.Grains.Watch;

/// <summary>
/// Watches one station: judges, writes, tells. It knows nothing that the stores don't: a new one reads verdicts, alerts, notices and
/// the last days' packets, and goes on where the other one was.
/// </summary>
internal sealed class StationWatcher
{
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(30);
    private readonly string _station;
    private readonly WatchServices _services;
    private readonly IStationRegistrySource _registry;
    private readonly WatchRecovery _recovery;
    private readonly WatchReconciler _reconciler;
    private readonly NoticeBook _notices;
    private WatchOutbox _outbox;
    private StationWatch? _watch;
    private DateTimeOffset _reconciled;
    private bool _caughtUp;

    public StationWatcher(string station, WatchServices services, IStationRegistrySource registry, INoticeSender? sender)
    {
        (_station, _services, _registry) = (station, services, registry);
        _recovery = new WatchRecovery(station, services);
        _reconciler = new WatchReconciler(station, services);
        _outbox = new WatchOutbox(services);
        _notices = new NoticeBook(sender, services.Time);
        // Soon after the start: the stores may differ by what the one before wrote to one of them only.
        _reconciled = services.Time.GetUtcNow() - services.Options.ReconcileInterval + s_settling;
    }

    /// <summary>Takes in packets. Before the first round they are left out: that reads them from the stores. So it does when others were missed.</summary>
    public void OnSeen(IEnumerable<SeenPacket> packets, bool missed = false)
    {
        if (missed)
        {
            _watch = null;
        }

        if (_watch is not null)
        {
            foreach (var packet in packets)
            {
                _watch.OnPacket(packet);
            }
        }
    }

    /// <summary>Somebody looks after an alert. False when no such alert is open, or nothing could be written.</summary>
    public async Task<bool> AcknowledgeAsync(string alertId, string by, CancellationToken cancellationToken)
    {
        var now = _services.Time.GetUtcNow();
        if (await WatchAsync(cancellationToken) is not { } watch || watch.Alerts.Acknowledge(alertId, by, now) is not { } transition)
        {
            return false;
        }

        _outbox.Add(new AlertRow(transition.Alert, now));
        return await _outbox.FlushAsync();
    }

    /// <summary>Judges once. Throws when a store fails in the middle of it: nothing is lost, the next round goes on.</summary>
    public async Task RoundAsync(CancellationToken cancellationToken)
    {
        if (await WatchAsync(cancellationToken) is not { } watch)
        {
            return;
        }

        foreach (var (at, region) in _services.Beats.Snapshot())
        {
            watch.Uptime.OnRegionBeat(region, at);
        }

        var now = _services.Time.GetUtcNow();
        var (verdicts, alerts) = watch.Judge(now);
        _outbox.Add(verdicts.Select(v => new VerdictRow(_station, v, now)));
        foreach (var transition in alerts)
        {
            _outbox.Add(new AlertRow(transition.Alert, now));
            _notices.Add(watch.Station, transition);
        }

        await PassOnAsync(watch);
        _outbox.Add((await _recovery.JudgePastAsync(watch, cancellationToken)).Select(v => new VerdictRow(_station, v, now)));
        if (now - _reconciled >= _services.Options.ReconcileInterval)
        {
            // What a silo committed and did not live to hand over.
            await _recovery.RefreshAsync(watch, _reconciled, cancellationToken);
            if (await _reconciler.RunAsync(cancellationToken))
            {
                _reconciled = now;
            }
        }
    }

    /// <summary>First written, then told: who takes over between the two tells it again under the same key, never not at all.</summary>
    private async Task PassOnAsync(StationWatch watch)
    {
        if (await _outbox.FlushAsync())
        {
            _notices.Tell(watch.Station, watch.Alerts.Current);
        }

        if (_outbox.HasOverflowed)
        {
            // What was judged meanwhile is nowhere: it is judged anew, from the stores.
            (_watch, _outbox) = (null, new WatchOutbox(_services));
        }
    }

    /// <summary>The watch, knowing all that can be known; null while no store can be read or the station is not in the registry.</summary>
    private async Task<StationWatch?> WatchAsync(CancellationToken cancellationToken)
    {
        if (!_registry.Current.TryGet(_station, out var station))
        {
            return _watch = null;
        }

        if (_watch is null || !ReferenceEquals(_watch.Station, station))
        {
            (_watch, _caughtUp) = (new StationWatch(station, _services.Options, _services.Time.GetUtcNow()), false);
        }

        if (!await _recovery.CatchUpAsync(_watch, isNew: !_caughtUp, cancellationToken))
        {
            return null;
        }

        if (!_caughtUp)
        {
            _notices.Recover(station, _watch.Alerts.Current);
            _caughtUp = true;
        }

        return _watch;
    }
}
