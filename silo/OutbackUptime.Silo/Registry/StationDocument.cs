namespace OutbackUptime.Silo.Registry;

/// <summary>A station as it stands in the file, before any check.</summary>
internal sealed record StationDocument(
    string? Id, string? Name, double? Latitude, double? Longitude, string? HomeRegion, IReadOnlyList<HubDocument>? Hubs);
