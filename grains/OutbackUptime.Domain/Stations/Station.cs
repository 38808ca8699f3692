namespace OutbackUptime.Domain.Stations;

/// <summary>A cattle station: one edge gateway and its hubs.</summary>
/// <param name="Id">See <see cref="EntityName"/>.</param>
/// <param name="Name">For people.</param>
/// <param name="Latitude">Degrees north (WGS 84).</param>
/// <param name="Longitude">Degrees east (WGS 84).</param>
/// <param name="HomeRegion">The region that owns the station while it is healthy.</param>
/// <param name="Hubs">The hubs that are expected to publish.</param>
public sealed record Station(string Id, string Name, double Latitude, double Longitude, string HomeRegion, IReadOnlyList<Hub> Hubs);
