namespace OutbackUptime.EdgeGateway.Mqtt;

/// <summary>A hub's credential as kept: SHA-256 of salt and secret.</summary>
internal sealed record HubCredential(string Id, string Salt, string Sha256);
