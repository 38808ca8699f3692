using System.Buffers.Binary;

namespace OutbackUptime.EdgeGateway.Mqtt.Direct;

/// <summary>
/// A PUBLISH as it lies on the wire (MQTT 3.1.1 section 3.3, MQTT 5 likewise), read without a copy: of the plain ones only, QoS 1, not
/// retained, no properties.
/// </summary>
internal static class PublishFrame
{
    private const byte Plain = 0x32;
    private const byte Duplicate = 0x08;

    /// <summary>Reads a packet if it is such a publish to <paramref name="topic"/>.</summary>
    /// <param name="flags">The packet's first byte.</param>
    /// <param name="body">What follows its length.</param>
    /// <param name="topic">UTF-8.</param>
    /// <param name="hasProperties">MQTT 5: a length of properties stands before the payload.</param>
    /// <param name="id">The packet id.</param>
    /// <param name="payload">The payload, within <paramref name="body"/>.</param>
    public static bool TryRead(byte flags, ReadOnlySpan<byte> body, ReadOnlySpan<byte> topic, bool hasProperties, out ushort id, out ReadOnlySpan<byte> payload)
    {
        id = 0;
        payload = default;
        var rest = 2 + topic.Length;
        var start = rest + 2 + (hasProperties ? 1 : 0);
        if ((flags & ~Duplicate) != Plain || body.Length < start || BinaryPrimitives.ReadUInt16BigEndian(body) != topic.Length || !body[2..rest].SequenceEqual(topic))
        {
            return false;
        }

        id = BinaryPrimitives.ReadUInt16BigEndian(body[rest..]);
        payload = body[start..];
        return id != 0 && (!hasProperties || body[start - 1] == 0);
    }
}
