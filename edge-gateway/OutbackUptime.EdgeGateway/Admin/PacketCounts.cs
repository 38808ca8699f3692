namespace OutbackUptime.EdgeGateway.Admin;

/// <summary>Packets since the start.</summary>
internal sealed record PacketCounts(long Accepted, long Duplicates, long Quarantined);
