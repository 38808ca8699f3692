namespace OutbackUptime.Domain.Regions;

/// <summary>Where to connect, and not before when.</summary>
public readonly record struct RegionAttempt(string Region, DateTimeOffset NotBefore);
