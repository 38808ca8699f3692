using OutbackUptime.Domain.Alerts;
using OutbackUptime.Domain.Stations;

namespace OutbackUptime.Grains.Watch;

/// <summary>
/// What people are to be told and what they were told. A change that a channel did not take is tried again until it is old; one that
/// some activation has delivered is not told again by another.
/// </summary>
internal sealed class NoticeBook(string station, WatchServices services, IAlertNotifier? notifier)
{
    private static readonly TimeSpan s_kept = TimeSpan.FromDays(7);
    private static readonly TimeSpan s_patience = TimeSpan.FromHours(6);
    private readonly HashSet<(string AlertId, string Kind, int Level, string Channel)> _delivered = [];
    private readonly List<(AlertTransition Transition, DateTimeOffset Since)> _due = [];

    public void Add(AlertTransition transition)
    {
        if (transition.Notify && notifier is not null)
        {
            _due.Add((transition, services.Time.GetUtcNow()));
        }
    }

    /// <summary>
    /// Reads what was delivered. An alert that is on and of which nobody was told at its level is told now: the activation that found
    /// it may have died in between.
    /// </summary>
    public async Task RecoverAsync(IReadOnlyList<Alert> current, CancellationToken cancellationToken)
    {
        foreach (var store in services.Stores.Where(s => s.IsAvailable))
        {
            foreach (var notice in await store.ReadNoticesAsync(station, services.Time.GetUtcNow() - s_kept, cancellationToken))
            {
                if (notice.Delivered)
                {
                    _delivered.Add(notice.Key);
                }
            }
        }

        foreach (var alert in current.Where(a => a is { Level: > 0, State: AlertState.Open }))
        {
            Add(new AlertTransition(alert.Level == 1 ? AlertTransitionKind.Opened : AlertTransitionKind.Escalated, alert));
        }
    }

    /// <summary>Tells what is due; the rows say what became of it.</summary>
    public async Task<IReadOnlyList<NoticeRow>> TellAsync(Station about, CancellationToken cancellationToken)
    {
        List<NoticeRow> rows = [];
        foreach (var due in _due.ToArray())
        {
            var told = await notifier!.TellAsync(about, due.Transition, _delivered, cancellationToken);
            rows.AddRange(told);
            _delivered.UnionWith(told.Where(r => r.Delivered).Select(r => r.Key));
            if (told.All(r => r.Delivered) || services.Time.GetUtcNow() - due.Since > s_patience)
            {
                _due.Remove(due);
            }
        }

        return rows;
    }
}
