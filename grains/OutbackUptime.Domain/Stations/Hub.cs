namespace OutbackUptime.Domain.Stations;

/// <summary>A solar-powered sensor hub.</summary>
/// <param name="Id">Unique within its station; see <see cref="EntityName"/>.</param>
/// <param name="Interval">How often it is expected to publish.</param>
public sealed record Hub(string Id, TimeSpan Interval);
