namespace OutbackUptime.Silo.Registry;

/// <summary>A step of a station's escalation as it stands in the file, before any check.</summary>
internal sealed record EscalationDocument(double? CriticalAfterMinutes, double? WarningAfterMinutes, IReadOnlyList<string>? Notify);
