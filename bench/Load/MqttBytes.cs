using System.Buffers.Binary;
using System.Text;

namespace OutbackUptime.Bench.Load;

/// <summary>MQTT 3.1.1 packets as bytes (OASIS, sections 3.1, 3.3, 3.8), made once and sent many times.</summary>
internal static class MqttBytes
{
    /// <summary>PUBACK, section 3.4: always four bytes.</summary>
    public const int PubAckLength = 4;

    /// <summary>First byte of a PUBACK.</summary>
    public const byte PubAck = 0x40;

    /// <summary>Bit of a publish's first byte: it was sent before.</summary>
    public const byte Duplicate = 8;

    /// <summary>Seconds; longer than any run.</summary>
    private const ushort KeepAlive = 3600;

    public static byte[] Connect(string clientId, string user, string password, bool cleanSession = true) => Packet(
        0x10, [.. Text("MQTT"), 4, (byte)(0xC0 | (cleanSession ? 2 : 0)), .. Number(KeepAlive), .. Text(clientId), .. Text(user), .. Text(password)]);

    /// <summary>A QoS 1 publish with packet id 0, and where that stands.</summary>
    public static (byte[] Packet, int IdAt, int PayloadAt) Publish(string topic, ReadOnlySpan<byte> payload)
    {
        var packet = Packet(0x32, [.. Text(topic), 0, 0, .. payload]);
        return (packet, packet.Length - payload.Length - 2, packet.Length - payload.Length);
    }

    public static byte[] Subscribe(string filter) => Packet(0x82, [0, 1, .. Text(filter), 1]);

    /// <summary>A PUBACK of ours.</summary>
    public static byte[] PubAckOf(ushort id) => [PubAck, 2, .. Number(id)];

    public static byte[] Disconnect => [0xE0, 0];

    private static byte[] Packet(byte type, byte[] body)
    {
        List<byte> packet = [type];
        for (var length = body.Length; ; length >>= 7)
        {
            packet.Add((byte)(length > 127 ? (length & 127) | 128 : length));
            if (length <= 127)
            {
                break;
            }
        }

        return [.. packet, .. body];
    }

    private static byte[] Text(string text) => [.. Number((ushort)Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];

    private static byte[] Number(ushort number)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, number);
        return bytes;
    }
}
