namespace OutbackUptime.Domain.Uptime;

/// <summary>A span of time from <paramref name="From"/> to before <paramref name="To"/>, both whole minutes, UTC.</summary>
public readonly record struct MinuteRange(DateTimeOffset From, DateTimeOffset To);
