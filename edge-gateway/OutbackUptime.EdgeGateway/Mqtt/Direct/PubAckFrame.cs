using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace OutbackUptime.EdgeGateway.Mqtt.Direct;

/// <summary>PUBACKs on the wire (MQTT 3.1.1 section 3.4, MQTT 5 section 3.4).</summary>
internal static class PubAckFrame
{
    /// <summary>Bytes of one that says yes.</summary>
    public const int Size = 4;

    private const byte Header = 0x40;
    private const byte ReasonString = 0x1F;

    // A reason names what a hub sent, which may be long.
    private const int MaxReason = 4096;

    /// <summary>Yes: the same in all versions.</summary>
    public static void Write(IBufferWriter<byte> to, ushort id)
    {
        var bytes = to.GetSpan(Size);
        (bytes[0], bytes[1]) = (Header, 2);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], id);
        to.Advance(Size);
    }

    /// <summary>With a reason code and, if it fits what the client takes, a reason: MQTT 5 only.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="id">The packet id.</param>
    /// <param name="code">The reason code.</param>
    /// <param name="reason">For people.</param>
    /// <param name="maxBytes">Largest packet that the client takes; 0 for any.</param>
    public static void Write(IBufferWriter<byte> to, ushort id, byte code, string reason, uint maxBytes)
    {
        var text = Cut(reason);
        var properties = 3 + text.Length;
        var rest = 2 + 1 + Varint(default, properties) + properties;
        if (maxBytes != 0 && 1 + Varint(default, rest) + rest > maxBytes)
        {
            (properties, rest) = (0, 2 + 1 + 1);
        }

        var bytes = to.GetSpan(1 + 2 + rest);
        bytes[0] = Header;
        var at = 1 + Varint(bytes[1..], rest);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[at..], id);
        bytes[at + 2] = code;
        at += 3 + Varint(bytes[(at + 3)..], properties);
        if (properties > 0)
        {
            bytes[at] = ReasonString;
            BinaryPrimitives.WriteUInt16BigEndian(bytes[(at + 1)..], (ushort)text.Length);
            text.CopyTo(bytes[(at + 3)..]);
            at += properties;
        }

        to.Advance(at);
    }

    /// <summary>A length of up to two bytes (section 1.5.5), written where there is room for it; how many bytes it takes.</summary>
    private static int Varint(Span<byte> to, int value)
    {
        var size = value < 0x80 ? 1 : 2;
        if (to.Length >= size)
        {
            to[0] = (byte)(size == 1 ? value : (value & 0x7F) | 0x80);
            to[size - 1] = size == 1 ? (byte)value : (byte)(value >> 7);
        }

        return size;
    }

    /// <summary>The beginning of a text, in whole characters. MQTT's strings have no NUL (section 1.5.4).</summary>
    private static ReadOnlySpan<byte> Cut(string text)
    {
        var bytes = new byte[Math.Min(MaxReason, Encoding.UTF8.GetMaxByteCount(text.Length))];
        Encoding.UTF8.GetEncoder().Convert(text.Replace('\0', '?'), bytes, flush: true, out _, out var used, out _);
        return bytes.AsSpan(0, used);
    }
}
