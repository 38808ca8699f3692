namespace OutbackUptime.Domain.Alerts;

/// <summary>A stretch of slots in which a rule held.</summary>
internal sealed record Episode(long From, long To, AlertSeverity Severity, IReadOnlyDictionary<string, double> Facts);
