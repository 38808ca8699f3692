using OutbackUptime.EdgeGateway.Journal;

namespace OutbackUptime.EdgeGateway.Formats;

/// <summary>What a publish becomes.</summary>
/// <param name="Packets">To be journaled, all or none.</param>
/// <param name="RebirthReason">Why the hub should be asked for its birth certificates, if it should.</param>
internal sealed record PublishReading(IReadOnlyList<IncomingPacket> Packets, string? RebirthReason = null);
