namespace OutbackUptime.Domain.Alerts.Rules;

/// <summary>What a rule sees in a slot.</summary>
internal enum Look
{
    /// <summary>Not enough is known, or it lies between the two thresholds: what was, stays.</summary>
    Unclear,

    /// <summary>All is well, by the threshold for clearing.</summary>
    Fine,

    /// <summary>It is wrong, by the threshold for opening.</summary>
    Wrong,
}
