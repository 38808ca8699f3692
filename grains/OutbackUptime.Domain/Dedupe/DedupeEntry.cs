namespace OutbackUptime.Domain.Dedupe;

/// <summary>A packet as dedupe sees it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Hash">Its payload's hash: tells a redelivery from another packet under the same key.</param>
public readonly record struct DedupeEntry(PacketKey Key, ulong Hash);
