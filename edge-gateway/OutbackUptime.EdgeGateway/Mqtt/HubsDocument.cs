namespace OutbackUptime.EdgeGateway.Mqtt;

/// <summary>hubs.json.</summary>
internal sealed record HubsDocument(IReadOnlyList<HubCredential> Hubs);
