namespace OutbackUptime.Domain.Alerts;

/// <summary>What happened to an alert.</summary>
public enum AlertTransitionKind
{
    /// <summary>A new episode: tell.</summary>
    Opened = 1,

    /// <summary>It got worse, or nobody acknowledged in time: tell, and tell more people.</summary>
    Escalated = 2,

    /// <summary>It is over: tell those who were told.</summary>
    Cleared = 3,

    /// <summary>Somebody looks after it: write it down, tell nobody.</summary>
    Acknowledged = 4,

    /// <summary>Late packets showed an episode that is long over: write it down, tell nobody.</summary>
    Recorded = 5,
}
