namespace OutbackUptime.Domain.Alerts;

/// <summary>A change to write down and, if <see cref="Notify"/>, to tell.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Alert">The alert as it stands after the change: the row to write.</param>
public sealed record AlertTransition(AlertTransitionKind Kind, Alert Alert)
{
    /// <summary>Whether people are told: opened, escalated and cleared alerts that reached a level; infos never.</summary>
    public bool Notify => Kind is AlertTransitionKind.Opened or AlertTransitionKind.Escalated or AlertTransitionKind.Cleared && Alert.Level > 0;
}
