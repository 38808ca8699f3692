namespace OutbackUptime.EdgeGateway.Uplink;

/// <summary>How a connection ended.</summary>
internal readonly record struct SessionEnd(SessionEndKind Kind, string Reason);
