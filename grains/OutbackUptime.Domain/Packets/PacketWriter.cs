using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace OutbackUptime.Domain.Packets;

/// <summary>Writes the native payload that <see cref="PacketParser"/> reads: the same bytes for the same packet, always.</summary>
public static class PacketWriter
{
    // Reaches 100 ns, what a DateTimeOffset holds.
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    /// <summary>UTF-8 JSON without white space. A packet within the parser's limits gives a payload within them.</summary>
    public static byte[] Write(Packet packet)
    {
        ArgumentNullException.ThrowIfNull(packet);
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("seq"u8, packet.Seq);
            if (packet.Boot is { } boot)
            {
                json.WriteNumber("boot"u8, boot);
            }

            if (packet.HubTime is { } time)
            {
                json.WriteString("ts"u8, time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
            }

            json.WriteStartObject("metrics"u8);
            foreach (var metric in packet.Metrics)
            {
                json.WriteNumber(metric.Name, metric.Value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
