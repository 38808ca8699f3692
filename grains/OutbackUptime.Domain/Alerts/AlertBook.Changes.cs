using OutbackUptime.Domain.Alerts.Water;

namespace OutbackUptime.Domain.Alerts;

public sealed partial class AlertBook
{
    private void Advance(RuleWatch watch, long oldest, long next, long closed, DateTimeOffset now, List<AlertTransition> changes)
    {
        var (hub, rule) = (watch.Hub.Hub, watch.Rule.Name);
        var current = _known.CurrentOf(hub.Id, rule);
        var late = _late.Contains(hub.Id) || (watch.Rule.DependsOn(hub) is { } other && _late.Contains(other));
        List<Episode> ended;
        if (late && current is null)
        {
            ended = watch.LookAgain(oldest, closed, keepTrack: false);
        }
        else
        {
            ended = watch.Advance(next, closed);
            if (current is not null && ended.Count > 0)
            {
                Clear(current, now, changes);
                ended.RemoveAt(0);
            }

            if (late)
            {
                ended.AddRange(watch.LookAgain(oldest, closed, keepTrack: true));
            }
        }

        foreach (var episode in ended)
        {
            Record(hub.Id, rule, episode, now, changes);
        }

        if (watch.Track is { IsOpen: true } track && closed - track.LastWrong <= watch.StaleSlots)
        {
            Hold(hub.Id, rule, track.From, track.Severity, track.Facts, now, changes);
        }
    }

    /// <summary>An episode is on: opens its alert, or raises it.</summary>
    private void Hold(string hub, string rule, long from, AlertSeverity severity, IReadOnlyDictionary<string, double> facts, DateTimeOffset now, List<AlertTransition> changes)
    {
        severity = Weigh(hub, rule, severity);
        var openedAt = _history.StartOf(from);
        if (_known.CurrentOf(hub, rule) is not { } alert)
        {
            var id = AlertId.Of(_station.Id, hub, rule, openedAt);
            while (_known.Find(id) is { } before)
            {
                // Told and cleared before: what is on now began after that.
                var after = _history.StartOf(_history.SlotOf(before.ChangedAt));
                openedAt = (after > openedAt ? after : openedAt) + _limits.Slot;
                id = AlertId.Of(_station.Id, hub, rule, openedAt);
            }

            var level = Escalation.Level(_station.Escalation, severity, TimeSpan.Zero);
            Put(AlertTransitionKind.Opened, new Alert(_station.Id, id, hub, rule, severity, AlertState.Open, openedAt, now, level, "", facts, ""), changes);
            _toldSince[id] = now;
            return;
        }

        if (severity <= alert.Severity)
        {
            _known.Put(alert with { Facts = facts, Summary = Words(alert with { Facts = facts }) });
            return;
        }

        // Whoever acknowledged a warning hasn't seen this; and each telling has a level of its own, by which receivers know it.
        _toldSince[alert.Id] = now;
        Put(AlertTransitionKind.Escalated, alert with { Severity = severity, State = AlertState.Open, AcknowledgedBy = "", ChangedAt = now, Level = alert.Level + 1, Facts = facts }, changes);
    }

    private void Clear(Alert alert, DateTimeOffset now, List<AlertTransition> changes)
    {
        _toldSince.Remove(alert.Id);
        Put(AlertTransitionKind.Cleared, alert with { State = AlertState.Cleared, ChangedAt = now }, changes);
    }

    /// <summary>An episode that is over before anybody could be told.</summary>
    private void Record(string hub, string rule, Episode episode, DateTimeOffset now, List<AlertTransition> changes)
    {
        var (from, to) = (_history.StartOf(episode.From), _history.StartOf(episode.To));
        if (_known.Overlaps(hub, rule, from - s_sameEpisode, to + s_sameEpisode))
        {
            return;
        }

        var id = AlertId.Of(_station.Id, hub, rule, from);
        var facts = new SortedDictionary<string, double>(episode.Facts.ToDictionary(), StringComparer.Ordinal) { ["lasted_h"] = Math.Round((to - from).TotalHours, 1) };
        Put(AlertTransitionKind.Recorded, new Alert(_station.Id, id, hub, rule, episode.Severity, AlertState.Cleared, from, to, 0, "", facts, ""), changes);
    }

    private void LookAtSilence(DateTimeOffset now, List<AlertTransition> changes)
    {
        foreach (var (hub, rule, since, severity) in _silence.Look(now))
        {
            if (severity is { } bad)
            {
                var facts = new SortedDictionary<string, double>(StringComparer.Ordinal) { ["silent_h"] = Math.Round((now - since).TotalHours, 1) };
                Hold(hub, rule, _history.SlotOf(since), bad, facts, now, changes);
            }
            else if (_known.CurrentOf(hub, rule) is { } over)
            {
                Clear(over, now, changes);
            }
        }
    }

    private void Escalate(DateTimeOffset now, List<AlertTransition> changes)
    {
        foreach (var alert in Current)
        {
            var level = alert.State == AlertState.Open && _toldSince.TryGetValue(alert.Id, out var told)
                ? Escalation.Level(_station.Escalation, alert.Severity, now - told) : 0;
            if (level > alert.Level)
            {
                Put(AlertTransitionKind.Escalated, alert with { Level = level, ChangedAt = now }, changes);
            }
        }
    }

    /// <summary>
    /// What says nothing new is kept for the digest: a low level where hours of water are told of, and a fast fall or a pump that
    /// gains nothing or hours of water that shrink where a mob catches up that was without water (the states know it when the slots no longer do: a takeover).
    /// </summary>
    private AlertSeverity Weigh(string hub, string rule, AlertSeverity severity)
    {
        var known = rule switch
        {
            AlertRules.LowLevel => severity == AlertSeverity.Warning && _known.CurrentOf(hub, AlertRules.HoursLeft) is { Severity: > AlertSeverity.Info },
            AlertRules.HoursLeft => _known.WasThirsty(_history.WaterOf(hub), _history.StartOf(_frontier ?? 0) - s_catchingUp, troughOnly: true),
            AlertRules.FallRate => _known.WasThirsty(_history.WaterOf(hub), _history.StartOf(_frontier ?? 0) - s_catchingUp),
            AlertRules.PumpNoRise => _known.WasThirsty(_history.WaterOf(_history.Find(hub)!.Hub.Pump!.Fills), _history.StartOf(_frontier ?? 0) - s_catchingUp),
            _ => false,
        };
        return known ? AlertSeverity.Info : severity;
    }

    private void Put(AlertTransitionKind kind, Alert alert, List<AlertTransition> changes)
    {
        alert = alert with { Summary = Words(alert) };
        _known.Put(alert);
        changes.Add(new AlertTransition(kind, alert));
    }

    private string Words(Alert alert) => AlertWords.Summary(_station, alert);

    private void Learn(HubHistory hub, long closed)
    {
        // An hour is learned once, when it is over; not while the tank leaks.
        if (hub.Hub.Tank is null || _history.SlotOf(_history.StartOf(closed + 1)) % _history.Slots(1) != 0 || _known.CurrentOf(hub.Hub.Id, AlertRules.FallRate) is not null)
        {
            return;
        }

        var fall = FallMeter.Over(_history, hub, closed, 1);
        if (fall.Hours >= 0.75)
        {
            hub.Normals.Learn(_history.Local(closed).Hour, closed, fall.PerHour);
        }
    }
}
