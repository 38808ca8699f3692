namespace OutbackUptime.Demo.Reports;

/// <summary>Acknowledged packets that a store does not have, and why.</summary>
internal sealed record MissingRange(string Hub, long? Boot, long? From, long? To, string Cause);
