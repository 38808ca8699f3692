namespace OutbackUptime.Domain.Stations;

/// <summary>A cattle station: one edge gateway and its hubs.</summary>
/// <param name="Id">See <see cref="EntityName"/>.</param>
/// <param name="Name">For people.</param>
/// <param name="Latitude">Degrees north (WGS 84).</param>
/// <param name="Longitude">Degrees east (WGS 84).</param>
/// <param name="HomeRegion">The region that owns the station while it is healthy.</param>
/// <param name="Hubs">The hubs that are expected to publish.</param>
public sealed record Station(string Id, string Name, double Latitude, double Longitude, string HomeRegion, IReadOnlyList<Hub> Hubs)
{
    /// <summary>From the homestead to the farthest water. Alerts come earlier by it. Default 4 h.</summary>
    public TimeSpan DriveTime { get; init; } = TimeSpan.FromHours(4);

    /// <summary>How long its link normally rests (a duty-cycled satellite link: 50 min of each hour). No alert before that. Default 15 min.</summary>
    public TimeSpan LinkRest { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Local time, for nights and for the hours in notices. Default: by longitude, to the half hour.</summary>
    public TimeZoneInfo TimeZone { get; init; } = StationTime.OfLongitude(Longitude);

    /// <summary>Who is told, and who next.</summary>
    public IReadOnlyList<EscalationStep> Escalation { get; init; } = EscalationStep.Usual;

    /// <summary>Local hour of the daily digest. Default 6: before the day's run is planned.</summary>
    public int DigestHour { get; init; } = 6;

    /// <summary>Names of contacts that get the digest. Empty: those of the first escalation step.</summary>
    public IReadOnlyList<string> DigestTo { get; init; } = [];
}
