using OutbackUptime.Domain.Boots;
using OutbackUptime.Domain.Packets;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>What a hub published, checked and not yet journaled. Exactly one of packet and fault is set.</summary>
/// <param name="Hub">Hub id; empty where the topic named none.</param>
/// <param name="Topic">The MQTT topic.</param>
/// <param name="Payload">The payload (a fault's: cut to the limit; an unnumbered packet's: empty). Not changed by anybody afterwards.</param>
/// <param name="Packet">The packet, if it is one.</param>
/// <param name="Fault">Why it is none.</param>
public sealed record IncomingPacket(string Hub, string Topic, ReadOnlyMemory<byte> Payload, Packet? Packet, PacketFault? Fault)
{
    /// <summary>Set where the hub's format numbers no packets: the journal does, and writes the native payload with that number.</summary>
    public UnnumberedPacket? Unnumbered { get; init; }

    /// <summary>Whether it is only kept if a packet appended with it and before it is new.</summary>
    public bool Accompanies { get; init; }

    /// <summary>The trace that the packet belongs to (W3C traceparent); null for the many that are not traced.</summary>
    public string? TraceParent { get; init; }
}
