namespace OutbackUptime.Silo.Registry;

/// <summary>stations.json as it stands in the file, before any check.</summary>
internal sealed record RegistryDocument(IReadOnlyList<string>? Regions, IReadOnlyList<StationDocument>? Stations);
