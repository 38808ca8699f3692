namespace OutbackUptime.Domain.Alerts.Notices;

/// <summary>What people are told, in every form a channel needs.</summary>
/// <param name="Station">Station id.</param>
/// <param name="AlertId">The alert's id; a digest's is `digest-` and the local date.</param>
/// <param name="Kind">Why.</param>
/// <param name="Level">Escalation level, which says who.</param>
/// <param name="Severity">How bad.</param>
/// <param name="At">When, by the clock.</param>
/// <param name="Subject">For an e-mail: at most 78 characters.</param>
/// <param name="Text">For a text message: at most 160 characters of the GSM alphabet.</param>
/// <param name="Body">For an e-mail: place, numbers, likely cause, what to do.</param>
/// <param name="Alert">The alert; null for a digest.</param>
public sealed record Notice(
    string Station,
    string AlertId,
    NoticeKind Kind,
    int Level,
    AlertSeverity Severity,
    DateTimeOffset At,
    string Subject,
    string Text,
    string Body,
    Alert? Alert)
{
    /// <summary>The same for every attempt and every sender of this notice over one channel: receivers drop what they have.</summary>
    public string IdempotencyKey(string channel) => $"{Station}/{AlertId}/{KindName}/{Level}/{channel}";

    /// <summary>The kind as it stands in stores and webhooks.</summary>
    public string KindName => Kind switch
    {
        NoticeKind.Opened => "opened",
        NoticeKind.Escalated => "escalated",
        NoticeKind.Cleared => "cleared",
        _ => "digest",
    };
}
