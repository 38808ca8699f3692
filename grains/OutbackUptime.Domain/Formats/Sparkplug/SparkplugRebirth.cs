namespace OutbackUptime.Domain.Formats.Sparkplug;

/// <summary>The command by which a host asks a node for its birth certificates (Sparkplug 3.0 section 6.4.14).</summary>
public static class SparkplugRebirth
{
    private const int Boolean = 11;

    /// <summary>An NCMD payload with `Node Control/Rebirth` = true.</summary>
    public static byte[] Write(DateTimeOffset now)
    {
        var time = (ulong)Math.Max(0, now.ToUnixTimeMilliseconds());
        List<byte> metric = [];
        Tag(metric, 1, ProtobufReader.Bytes);
        Varint(metric, (ulong)"Node Control/Rebirth"u8.Length);
        metric.AddRange("Node Control/Rebirth"u8);
        Tag(metric, 3, ProtobufReader.Varint);
        Varint(metric, time);
        Tag(metric, 4, ProtobufReader.Varint);
        Varint(metric, Boolean);
        Tag(metric, 14, ProtobufReader.Varint);
        Varint(metric, 1);

        List<byte> payload = [];
        Tag(payload, 1, ProtobufReader.Varint);
        Varint(payload, time);
        Tag(payload, 2, ProtobufReader.Bytes);
        Varint(payload, (ulong)metric.Count);
        payload.AddRange(metric);
        return [.. payload];
    }

    private static void Tag(List<byte> bytes, int field, int wireType) => Varint(bytes, (ulong)((field << 3) | wireType));

    private static void Varint(List<byte> bytes, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
    }
}
