namespace OutbackUptime.Domain.Alerts;

/// <summary>One episode of one rule at one hub: a row of the stores' `alerts` table.</summary>
/// <param name="Station">Station id.</param>
/// <param name="Id">See <see cref="AlertId"/>: the same, whoever finds the episode.</param>
/// <param name="Hub">Hub id; `gateway` for what concerns the station as a whole.</param>
/// <param name="Rule">One of <see cref="AlertRules"/>.</param>
/// <param name="Severity">Worst so far while open: it doesn't go down again within an episode.</param>
/// <param name="State">Open, acknowledged, cleared.</param>
/// <param name="OpenedAt">Event time at which the episode began.</param>
/// <param name="ChangedAt">Event time, or for acknowledgements and escalations the clock's, of the last change.</param>
/// <param name="Level">Escalation level reached: 0 nobody told, 1 the first step of <see cref="Stations.Station.Escalation"/> and so on.</param>
/// <param name="Summary">One line of plain English: place, number, likely cause.</param>
/// <param name="Facts">The numbers behind it; the unit is the name's suffix.</param>
/// <param name="AcknowledgedBy">Who; empty if nobody.</param>
public sealed record Alert(
    string Station,
    string Id,
    string Hub,
    string Rule,
    AlertSeverity Severity,
    AlertState State,
    DateTimeOffset OpenedAt,
    DateTimeOffset ChangedAt,
    int Level,
    string Summary,
    IReadOnlyDictionary<string, double> Facts,
    string AcknowledgedBy)
{
    /// <summary>Whether it still holds.</summary>
    public bool IsCurrent => State != AlertState.Cleared;
}
