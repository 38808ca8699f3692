namespace OutbackUptime.Grains.Watch;

/// <summary>A silo's sign of life, as a store keeps it.</summary>
/// <param name="Region">The silo's region.</param>
/// <param name="Silo">Its name.</param>
/// <param name="At">When.</param>
/// <param name="Stations">Stations active on it.</param>
/// <param name="StoresUp">Regions whose store it reaches.</param>
public sealed record RegionBeat(string Region, string Silo, DateTimeOffset At, int Stations, IReadOnlyList<string> StoresUp);
