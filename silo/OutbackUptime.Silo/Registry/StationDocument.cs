namespace OutbackUptime.Silo.Registry;

/// <summary>A station as it stands in the file, before any check.</summary>
internal sealed record StationDocument(
    string? Id, string? Name, double? Latitude, double? Longitude, string? HomeRegion, IReadOnlyList<HubDocument>? Hubs)
{
    public double? DriveHours { get; init; }

    public double? LinkRestMinutes { get; init; }

    public string? TimeZone { get; init; }

    public double? UtcOffsetMinutes { get; init; }

    public IReadOnlyList<EscalationDocument>? Escalation { get; init; }

    public double? DigestHour { get; init; }

    public IReadOnlyList<string>? DigestTo { get; init; }
}
