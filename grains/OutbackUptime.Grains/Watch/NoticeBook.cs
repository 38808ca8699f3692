using OutbackUptime.Domain.Alerts;
using OutbackUptime.Domain.Alerts.Notices;
using OutbackUptime.Domain.Stations;
using OutbackUptime.Grains.Alerting;

namespace OutbackUptime.Grains.Watch;

/// <summary>
/// What people are to be told. The sender asks its ledger (the stores) before each message, so what some activation has delivered is
/// not told again by another.
/// </summary>
internal sealed class NoticeBook(INoticeSender? sender, TimeProvider time)
{
    private static readonly TimeSpan s_digestLookBack = TimeSpan.FromHours(1);
    private readonly List<(Notice Notice, IReadOnlyList<string> Contacts)> _due = [];
    private DateTimeOffset? _nextDigest;

    public void Add(Station station, AlertTransition transition)
    {
        if (sender is not null && transition.Notify && NoticeWriter.Of(station, transition) is { } notice)
        {
            _due.Add((notice, ContactsOf(station, transition)));
        }
    }

    /// <summary>
    /// Alerts that are open are told (again, as far as this book knows): the activation that found them may have died before people
    /// were told.
    /// </summary>
    public void Recover(Station station, IReadOnlyList<Alert> current)
    {
        foreach (var alert in current.Where(a => a is { Level: > 0, State: AlertState.Open }))
        {
            Add(station, new AlertTransition(alert.Level == 1 ? AlertTransitionKind.Opened : AlertTransitionKind.Escalated, alert));
        }
    }

    /// <summary>Hands over what is due, and the day's digest at its hour. What the sender has no room for waits for the next time.</summary>
    public void Tell(Station station, IReadOnlyList<Alert> current)
    {
        if (sender is null)
        {
            return;
        }

        _due.RemoveAll(due => sender.TrySend(due.Notice, due.Contacts));
        var now = time.GetUtcNow();
        _nextDigest ??= DailyDigest.NextDue(station, now - s_digestLookBack);
        if (now >= _nextDigest && sender.TrySend(DailyDigest.Of(station, current, now), station.DigestTo.Count > 0 ? station.DigestTo : Escalation.Contacts(station.Escalation, 1)))
        {
            _nextDigest = DailyDigest.NextDue(station, now);
        }
    }

    // It is over: all who were told. Else: those of the level reached.
    private static IReadOnlyList<string> ContactsOf(Station station, AlertTransition transition) => transition.Kind == AlertTransitionKind.Cleared
        ? [.. station.Escalation.Take(transition.Alert.Level).SelectMany(s => s.Notify).Distinct(StringComparer.Ordinal)]
        : Escalation.Contacts(station.Escalation, transition.Alert.Level);
}
