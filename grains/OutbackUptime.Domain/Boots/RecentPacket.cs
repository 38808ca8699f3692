namespace OutbackUptime.Domain.Boots;

/// <summary>A packet that a hub's ring remembers.</summary>
/// <param name="Boot">The boot it was kept under.</param>
/// <param name="Seq">Its number.</param>
/// <param name="Hash">Its payload's hash, see <see cref="Packets.PacketParser.Hash"/>.</param>
public readonly record struct RecentPacket(long Boot, long Seq, ulong Hash);
