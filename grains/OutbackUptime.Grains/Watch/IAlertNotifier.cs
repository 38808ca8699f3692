using OutbackUptime.Domain.Alerts;
using OutbackUptime.Domain.Stations;

namespace OutbackUptime.Grains.Watch;

/// <summary>Tells people. Implemented by the silo's channels.</summary>
public interface IAlertNotifier
{
    /// <summary>
    /// Sends what a change calls for over each channel that has not delivered it yet, and answers what became of it. Never throws for a
    /// channel that is down: the row says so, and the same call later tries again.
    /// </summary>
    /// <param name="station">The station.</param>
    /// <param name="transition">What changed.</param>
    /// <param name="delivered">Keys of what was delivered before.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    Task<IReadOnlyList<NoticeRow>> TellAsync(
        Station station, AlertTransition transition, IReadOnlySet<(string AlertId, string Kind, int Level, string Channel)> delivered, CancellationToken cancellationToken);
}
