namespace OutbackUptime.Domain.Alerts.Notices;

/// <summary>Why people are told. The names, in lower case, are those of the stores' `alert_notices` table.</summary>
public enum NoticeKind
{
    /// <summary>A new alert.</summary>
    Opened = 1,

    /// <summary>It got worse, or nobody acknowledged.</summary>
    Escalated = 2,

    /// <summary>It is over.</summary>
    Cleared = 3,

    /// <summary>The day's digest.</summary>
    Digest = 4,
}
