namespace OutbackUptime.Domain.Alerts;

/// <summary>How bad it is. The numbers are those of the stores' `alerts` table.</summary>
public enum AlertSeverity
{
    /// <summary>For the digest; nobody is woken.</summary>
    Info = 1,

    /// <summary>See to it on the next run.</summary>
    Warning = 2,

    /// <summary>Go, or stock may die.</summary>
    Critical = 3,
}
