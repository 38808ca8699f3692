namespace OutbackUptime.Domain.Uptime;

/// <summary>How a hub stands now.</summary>
/// <param name="Hub">The hub.</param>
/// <param name="Verdict">The verdict of this moment. While a hub is not overdue by 3 intervals, the last one stands.</param>
/// <param name="Since">Since when, to 10 s, as far as evidence is kept; null when that is not known.</param>
/// <param name="LastHeard">When the gateway last received a packet of it; null when never.</param>
/// <param name="Cadence">How often it is expected to publish at this time of the day.</param>
public sealed record HubUptime(string Hub, Verdict Verdict, DateTimeOffset? Since, DateTimeOffset? LastHeard, TimeSpan Cadence);
