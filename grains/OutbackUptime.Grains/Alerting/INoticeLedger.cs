using OutbackUptime.Domain.Alerts.Notices;

namespace OutbackUptime.Grains.Alerting;

/// <summary>Remembers, beyond this silo's life, what was told to whom: the stores' `alert_notices`.</summary>
public interface INoticeLedger
{
    /// <summary>
    /// Whether this (alert, kind, level, channel) was delivered already, by any silo. An exception means that nobody knows: the notice
    /// is sent then, for a repeated text message is better than none; its idempotency key lets the receiver drop it.
    /// </summary>
    Task<bool> WasDeliveredAsync(Notice notice, string channel, CancellationToken cancellationToken);

    /// <summary>Writes down what became of a notice.</summary>
    /// <param name="notice">The notice.</param>
    /// <param name="channel">Channel and contact, e.g. `sms/manager`.</param>
    /// <param name="delivered">Whether the receiver took it.</param>
    /// <param name="attemptedAt">When it was last tried.</param>
    /// <param name="detail">Why not, or what the receiver said. Holds no secret and no address.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    Task RecordAsync(Notice notice, string channel, bool delivered, DateTimeOffset attemptedAt, string detail, CancellationToken cancellationToken);
}
