using OutbackUptime.Domain.Alerts.Notices;

namespace OutbackUptime.Silo.Alerting;

/// <summary>A way to tell people.</summary>
internal interface INoticeChannel
{
    /// <summary>`sms`, `email`, `webhook`.</summary>
    string Name { get; }

    /// <summary>The contact's address on this channel; null: they have none.</summary>
    string? AddressOf(ContactOptions contact);

    /// <summary>Tries once.</summary>
    /// <param name="notice">What to tell.</param>
    /// <param name="address">Whom.</param>
    /// <param name="key">The same for each attempt, by whatever silo.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task<NoticeOutcome> SendAsync(Notice notice, string address, string key, CancellationToken cancellationToken);
}
