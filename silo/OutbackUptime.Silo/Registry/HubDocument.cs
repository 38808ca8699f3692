namespace OutbackUptime.Silo.Registry;

/// <summary>A hub as it stands in the file, before any check.</summary>
internal sealed record HubDocument(string? Id, double? IntervalSeconds);
