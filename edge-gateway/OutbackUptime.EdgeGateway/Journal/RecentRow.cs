using OutbackUptime.Domain.Boots;
using OutbackUptime.Domain.Packets;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>A slot of a hub's ring of recent packets, as it is kept.</summary>
/// <param name="Hub">The hub.</param>
/// <param name="Packet">Boot, seq and hash.</param>
/// <param name="Offset">Where its entry lies or lay; 0 for packets journaled before this was kept.</param>
internal readonly record struct RecentRow(string Hub, RecentPacket Packet, long Offset)
{
    /// <summary>What an entry tells of its packet.</summary>
    public static RecentRow Of(JournalEntry entry) =>
        new(entry.Hub, new RecentPacket(entry.Boot, entry.Seq, entry.Identity != 0 ? entry.Identity : PacketParser.Hash(entry.Payload.Span)), entry.Offset);

    public int Slot => HubBoots.Slot(Packet.Seq);

    public int Checksum => RowChecksum.OfRecent(Hub, Slot, Packet.Boot, Packet.Seq, unchecked((long)Packet.Hash), Offset);
}
