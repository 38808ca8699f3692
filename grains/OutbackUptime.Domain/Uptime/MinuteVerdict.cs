namespace OutbackUptime.Domain.Uptime;

/// <summary>What is known of one hub in one minute.</summary>
/// <param name="Hub">The hub.</param>
/// <param name="Minute">Start of the minute, UTC.</param>
/// <param name="Verdict">What the larger part of the minute was.</param>
/// <param name="Late">Whether that minute's packets arrived afterwards: not seen at the time, complete now.</param>
public readonly record struct MinuteVerdict(string Hub, DateTimeOffset Minute, Verdict Verdict, bool Late);
