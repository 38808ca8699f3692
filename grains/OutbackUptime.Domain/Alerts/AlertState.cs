namespace OutbackUptime.Domain.Alerts;

/// <summary>Where an alert stands. The numbers are those of the stores' `alerts` table.</summary>
public enum AlertState
{
    /// <summary>It holds and nobody has said that they know.</summary>
    Open = 1,

    /// <summary>It holds and somebody looks after it: no further escalation.</summary>
    Acknowledged = 2,

    /// <summary>It is over.</summary>
    Cleared = 3,
}
