using System.Buffers;
using System.Text.Json;

namespace OutbackUptime.Domain.Losses;

/// <summary>A loss record as the payload of a journal entry: JSON with the record's names in camel case.</summary>
public static class LossRecordJson
{
    /// <summary>Longest detail kept, characters.</summary>
    public const int MaxDetail = 300;

    /// <summary>Writes a record. A longer detail is cut.</summary>
    public static byte[] Write(LossRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("cause", record.Cause.ToString());
            json.WriteNumber("firstOffset", record.FirstOffset);
            json.WriteNumber("lastOffset", record.LastOffset);
            json.WriteNumber("packets", record.Packets);
            json.WriteString("hub", record.Hub);
            json.WriteNumber("boot", record.Boot);
            json.WriteNumber("firstSeq", record.FirstSeq);
            json.WriteNumber("lastSeq", record.LastSeq);
            json.WriteStartArray("missingIn");
            foreach (var region in record.MissingIn)
            {
                json.WriteStringValue(region);
            }

            json.WriteEndArray();
            json.WriteString("detail", record.Detail.Length <= MaxDetail ? record.Detail : record.Detail[..MaxDetail]);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a record; false when the bytes are none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, out LossRecord? record)
    {
        record = null;
        try
        {
            var reader = new Utf8JsonReader(json);
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            if (!Enum.TryParse<LossCause>(root.GetProperty("cause").GetString(), out var cause))
            {
                return false;
            }

            record = new LossRecord(
                cause,
                root.GetProperty("firstOffset").GetInt64(),
                root.GetProperty("lastOffset").GetInt64(),
                root.GetProperty("packets").GetInt64(),
                root.GetProperty("hub").GetString() ?? "",
                root.GetProperty("boot").GetInt64(),
                root.GetProperty("firstSeq").GetInt64(),
                root.GetProperty("lastSeq").GetInt64(),
                [.. root.GetProperty("missingIn").EnumerateArray().Select(r => r.GetString() ?? "")],
                root.GetProperty("detail").GetString() ?? "");
            return true;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }
}
