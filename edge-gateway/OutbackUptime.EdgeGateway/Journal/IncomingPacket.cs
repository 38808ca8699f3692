using OutbackUptime.Domain.Packets;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>What a hub published, checked and not yet journaled. Exactly one of packet and fault is set.</summary>
/// <param name="Hub">Hub id; empty where the topic named none.</param>
/// <param name="Topic">The MQTT topic.</param>
/// <param name="Payload">The payload (a fault's: cut to the limit). Not changed by anybody afterwards.</param>
/// <param name="Packet">The packet, if it is one.</param>
/// <param name="Fault">Why it is none.</param>
public sealed record IncomingPacket(string Hub, string Topic, ReadOnlyMemory<byte> Payload, Packet? Packet, PacketFault? Fault);
