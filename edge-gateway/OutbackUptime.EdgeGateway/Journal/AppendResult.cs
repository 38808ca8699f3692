using OutbackUptime.Domain.Packets;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>What became of an append.</summary>
/// <param name="Status">What.</param>
/// <param name="Fault">Why it was quarantined.</param>
public readonly record struct AppendResult(AppendStatus Status, PacketFault? Fault = null);
