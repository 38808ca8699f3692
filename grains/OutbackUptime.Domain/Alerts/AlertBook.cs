using System.Diagnostics.CodeAnalysis;
using OutbackUptime.Domain.Alerts.Rules;
using OutbackUptime.Domain.Alerts.Water;
using OutbackUptime.Domain.Packets;
using OutbackUptime.Domain.Stations;
using OutbackUptime.Domain.Uptime;

namespace OutbackUptime.Domain.Alerts;

/// <summary>
/// A station's alerts: takes packets and verdicts, says what changed. Pure: time is an argument, and the same packets give the same
/// alerts with the same ids in whatever order they come within a slot, and however often. One caller at a time.
/// </summary>
/// <remarks>
/// Water and power are judged on event time, by closed slots. Late packets (a backlog) make the rules look again at all they keep:
/// an episode that began and ended meanwhile is recorded, not told; one that is still on is told, once; a current alert is never
/// cleared by them. After a takeover: <see cref="Recover"/> with the stored states first, then the packets of the last
/// <see cref="AlertLimits.Memory"/> (one per hub and slot is enough), then <see cref="Evaluate"/>.
/// </remarks>
public sealed partial class AlertBook
{
    // A late or repeated look may place an episode's edges differently by what a rule's window holds.
    private static readonly TimeSpan s_sameEpisode = TimeSpan.FromHours(1);

    private static readonly TimeSpan s_catchingUp = TimeSpan.FromHours(24);

    private readonly Station _station;
    private readonly AlertLimits _limits;
    private readonly StationHistory _history;
    private readonly SilenceWatch _silence;
    private readonly KnownAlerts _known;
    private readonly List<RuleWatch> _watches = [];
    private readonly Dictionary<string, DateTimeOffset> _toldSince = new(StringComparer.Ordinal);
    private readonly HashSet<string> _late = new(StringComparer.Ordinal);
    private long? _frontier;

    /// <param name="station">The station with its hubs and their parts. A changed registry needs a new book, and <see cref="Recover"/>.</param>
    /// <param name="limits">Thresholds; null: the defaults.</param>
    public AlertBook(Station station, AlertLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(station);
        _station = station;
        _limits = limits ?? new AlertLimits();
        _history = new StationHistory(station, _limits);
        _silence = new SilenceWatch(station, _limits);
        _known = new KnownAlerts(_limits.KeptAlerts);
        foreach (var hub in _history.Hubs)
        {
            _watches.AddRange(WaterRules.All.Where(r => r.Concerns(hub.Hub)).Select(r => new RuleWatch(_history, hub, r)));
        }
    }

    /// <summary>The alerts that are on, worst first.</summary>
    public IReadOnlyList<Alert> Current => [.. _known.Current.OrderByDescending(a => a.Severity).ThenBy(a => a.OpenedAt).ThenBy(a => a.Id, StringComparer.Ordinal)];

    /// <summary>The newest verdict on a hub; unknown where none came.</summary>
    public Verdict CauseOf(string hub) => _silence.CauseOf(hub);

    /// <summary>Event time of a hub's newest packet.</summary>
    public DateTimeOffset? LastPacketOf(string hub) => _history.Find(hub)?.LastPacket;

    /// <summary>Takes a packet. Late ones, repeated ones and those of unknown hubs do no harm.</summary>
    /// <param name="hub">Hub id.</param>
    /// <param name="eventTime">When it was measured, by the triaged clock.</param>
    /// <param name="metrics">What was measured.</param>
    public void OnPacket(string hub, DateTimeOffset eventTime, IReadOnlyList<Metric> metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        if (_history.Find(hub) is not { } history)
        {
            return;
        }

        var slot = _history.SlotOf(eventTime);
        if (_frontier is { } frontier && (slot <= frontier - _limits.MemorySlots || slot > frontier + _limits.MemorySlots))
        {
            // Older than anything a rule looks at, or from a clock that nobody triaged.
            return;
        }

        if (history.Add(slot, _history.Within(eventTime), eventTime, metrics) && slot <= _frontier)
        {
            _late.Add(hub);
        }
    }

    /// <summary>Takes the uptime ledger's current verdict on a hub (or on `gateway`).</summary>
    /// <param name="hub">Hub id.</param>
    /// <param name="cause">Which hop is to blame, or that it is up.</param>
    /// <param name="since">Since when: the event time of the last packet before the silence, or of the first after it.</param>
    public void OnVerdict(string hub, Verdict cause, DateTimeOffset since) => _silence.On(hub, cause, since);

    /// <summary>Looks at all that has come in. Call it every few seconds; work is only done when a slot closes.</summary>
    /// <returns>What changed, in a fixed order.</returns>
    public IReadOnlyList<AlertTransition> Evaluate(DateTimeOffset now)
    {
        List<AlertTransition> changes = [];
        var closed = _history.SlotOf(now - _limits.Grace) - 1;
        if (_frontier is null || closed > _frontier)
        {
            var oldest = closed - _limits.MemorySlots + 1;
            var next = Math.Max(oldest, _frontier + 1 ?? oldest);
            foreach (var watch in _watches)
            {
                Advance(watch, oldest, next, closed, now, changes);
            }

            foreach (var hub in _history.Hubs)
            {
                Learn(hub, closed);
            }

            _late.Clear();
            _frontier = closed;
        }

        LookAtSilence(now, changes);
        Escalate(now, changes);
        return changes;
    }

    /// <summary>Somebody says that they look after it. Null: no such alert is on, or somebody already did.</summary>
    public AlertTransition? Acknowledge(string id, string by, DateTimeOffset now)
    {
        if (_known.Find(id) is not { State: AlertState.Open } alert)
        {
            return null;
        }

        var acknowledged = alert with { State = AlertState.Acknowledged, AcknowledgedBy = by, ChangedAt = now };
        _known.Put(acknowledged);
        return new AlertTransition(AlertTransitionKind.Acknowledged, acknowledged);
    }

    /// <summary>
    /// Takes over from another activation: the stored states of this station's alerts, all that are on and those cleared within the
    /// last two days. What is on stays on without being told again and is cleared by new evidence only.
    /// </summary>
    public void Recover(IEnumerable<Alert> states)
    {
        ArgumentNullException.ThrowIfNull(states);
        foreach (var alert in states.OrderBy(a => a.ChangedAt).ThenBy(a => a.Id, StringComparer.Ordinal))
        {
            _known.Put(alert);
            if (!alert.IsCurrent)
            {
                continue;
            }

            _toldSince[alert.Id] = Escalation.ToldSince(_station.Escalation, alert);
            _watches.Find(w => w.Hub.Hub.Id == alert.Hub && w.Rule.Name == alert.Rule)?
                .Resume(_history.SlotOf(alert.OpenedAt), alert.Severity, alert.Facts);
        }
    }

    /// <summary>Finds an alert that is on, or is over and still remembered.</summary>
    public bool TryFind(string id, [NotNullWhen(true)] out Alert? alert) => (alert = _known.Find(id)) is not null;
}
