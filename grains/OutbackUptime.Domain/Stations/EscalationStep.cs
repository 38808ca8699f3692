namespace OutbackUptime.Domain.Stations;

/// <summary>Who is told when nobody has acknowledged. The step's place in the list, from 1, is the alert's level.</summary>
/// <param name="CriticalAfter">Unacknowledged this long, a critical alert reaches this level.</param>
/// <param name="WarningAfter">The same for a warning; null: never.</param>
/// <param name="Notify">Names of contacts (`Alerting:Contacts` of the silo's settings).</param>
public sealed record EscalationStep(TimeSpan CriticalAfter, TimeSpan? WarningAfter, IReadOnlyList<string> Notify)
{
    /// <summary>The steps of a station that names none: at once, after 1 h, after 3 h; warnings only at once and after 12 h.</summary>
    public static IReadOnlyList<EscalationStep> Usual { get; } =
    [
        new(TimeSpan.Zero, TimeSpan.Zero, ["manager"]),
        new(TimeSpan.FromHours(1), TimeSpan.FromHours(12), ["manager", "deputy"]),
        new(TimeSpan.FromHours(3), null, ["manager", "deputy", "owner"]),
    ];
}
