namespace OutbackUptime.Silo.Api.Alerts;

/// <summary>An alert as it stands.</summary>
internal sealed record AlertView(
    string Station, string AlertId, string Hub, string Rule, string Severity, string State, DateTimeOffset OpenedAt, DateTimeOffset ChangedAt,
    int Level, string Summary, IReadOnlyDictionary<string, double> Facts, string AcknowledgedBy);
