using OutbackUptime.Domain.Alerts.Notices;

namespace OutbackUptime.Grains.Alerting;

/// <summary>Tells people.</summary>
public interface INoticeSender
{
    /// <summary>
    /// Takes a notice for sending and returns at once. What became of it goes to the <see cref="INoticeLedger"/>, per contact and
    /// channel. False: the queue is full and nothing was taken; try again at the next evaluation.
    /// </summary>
    /// <param name="notice">What to tell.</param>
    /// <param name="contacts">Names of contacts, e.g. from <see cref="OutbackUptime.Domain.Alerts.Escalation.Contacts"/>.</param>
    bool TrySend(Notice notice, IReadOnlyList<string> contacts);
}
