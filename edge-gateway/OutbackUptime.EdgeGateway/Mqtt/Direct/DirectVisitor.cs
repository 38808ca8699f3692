using System.Text;
using OutbackUptime.Domain.Packets;
using OutbackUptime.EdgeGateway.Journal;

namespace OutbackUptime.EdgeGateway.Mqtt.Direct;

/// <summary>A hub that was let in, and its topic of packets.</summary>
internal sealed class DirectVisitor(DirectDoor door, Visitor visitor, string topic, uint maxPacketBytes)
{
    private readonly byte[] _topic = Encoding.UTF8.GetBytes(topic);
    private HubCredentials? _checked;

    public DirectDoor Door => door;

    public string Hub => visitor.Id;

    /// <summary>Largest packet that it takes; 0 for any.</summary>
    public uint MaxPacketBytes => maxPacketBytes;

    /// <summary>Whether it hears reason codes: MQTT 5.</summary>
    public bool SaysWhy => visitor.SaysWhy;

    /// <summary>What is to be journaled, if the bytes are a plain publish of a packet and the hub's credential stands; else the server library judges them.</summary>
    public IncomingPacket? TryRead(byte flags, ReadOnlySpan<byte> body, out ushort id)
    {
        if (!PublishFrame.TryRead(flags, body, _topic, visitor.SaysWhy, out id, out var payload) || payload.Length > PacketParser.MaxPayloadBytes || !Stands())
        {
            return null;
        }

        // The journal keeps it; the buffer is the next packet's.
        var kept = payload.ToArray();
        return PacketParser.TryParse(kept, out var packet, out var fault)
            ? new IncomingPacket(visitor.Id, topic, kept, packet, null)
            : new IncomingPacket(visitor.Id, topic, kept, null, fault);
    }

    /// <summary>Looked up once for each version of the credentials.</summary>
    private bool Stands()
    {
        var now = door.Credentials;
        if (!ReferenceEquals(now, _checked))
        {
            if (!visitor.Stands(now))
            {
                return false;
            }

            _checked = now;
        }

        return true;
    }
}
