using OutbackUptime.Domain.Stations;

namespace OutbackUptime.Domain.Alerts;

/// <summary>Who should know by now.</summary>
public static class Escalation
{
    /// <summary>The level that time alone calls for.</summary>
    /// <param name="steps">The station's steps.</param>
    /// <param name="severity">How bad.</param>
    /// <param name="unacknowledged">How long people have been told and nobody answered.</param>
    public static int Level(IReadOnlyList<EscalationStep> steps, AlertSeverity severity, TimeSpan unacknowledged)
    {
        ArgumentNullException.ThrowIfNull(steps);
        var level = 0;
        for (var i = 0; i < steps.Count; i++)
        {
            if (severity > AlertSeverity.Info && After(steps[i], severity) <= unacknowledged)
            {
                level = i + 1;
            }
        }

        return level;
    }

    /// <summary>The contacts of a level; beyond the last step its own.</summary>
    public static IReadOnlyList<string> Contacts(IReadOnlyList<EscalationStep> steps, int level)
    {
        ArgumentNullException.ThrowIfNull(steps);
        return level < 1 || steps.Count == 0 ? [] : steps[Math.Min(level, steps.Count) - 1].Notify;
    }

    /// <summary>When people were first told of an alert that another activation left at a level: its last change, less what that level waits.</summary>
    internal static DateTimeOffset ToldSince(IReadOnlyList<EscalationStep> steps, Alert alert) =>
        alert.Level < 1 || alert.Level > steps.Count ? alert.ChangedAt : alert.ChangedAt - (After(steps[alert.Level - 1], alert.Severity) ?? TimeSpan.Zero);

    private static TimeSpan? After(EscalationStep step, AlertSeverity severity) =>
        severity == AlertSeverity.Critical ? step.CriticalAfter : step.WarningAfter;
}
