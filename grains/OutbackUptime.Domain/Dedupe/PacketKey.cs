namespace OutbackUptime.Domain.Dedupe;

/// <summary>What makes a packet of a station one packet (DESIGN: seq alone is never enough).</summary>
/// <param name="Hub">Hub id.</param>
/// <param name="Boot">The hub's restart epoch, sent or assigned.</param>
/// <param name="Seq">Packet number within the boot.</param>
public readonly record struct PacketKey(string Hub, long Boot, long Seq);
