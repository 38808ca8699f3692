using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using OutbackUptime.Domain.Packets;
using OutbackUptime.Domain.Stations;

namespace OutbackUptime.Domain.Losses;

/// <summary>
/// A <see cref="LossRecord"/> as a journal entry's payload: a JSON object with the record's names in camelCase, causes in lower
/// case. Readers pass over properties that they don't know.
/// </summary>
public static class LossRecordJson
{
    /// <summary>Longest <see cref="LossRecord.Detail"/>, in characters.</summary>
    public const int MaxDetail = 300;

    /// <summary>Most regions in <see cref="LossRecord.MissingIn"/>.</summary>
    public const int MaxRegions = 16;

    private static readonly JsonReaderOptions s_options = new() { MaxDepth = 3 };

    /// <summary>Writes a record; what is too long of its detail is cut.</summary>
    public static byte[] Write(LossRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("cause"u8, LossCauses.NameOf(record.Cause));
            json.WriteNumber("firstOffset"u8, record.FirstOffset);
            json.WriteNumber("lastOffset"u8, record.LastOffset);
            json.WriteNumber("packets"u8, record.Packets);
            json.WriteString("hub"u8, record.Hub);
            json.WriteNumber("boot"u8, record.Boot);
            json.WriteNumber("firstSeq"u8, record.FirstSeq);
            json.WriteNumber("lastSeq"u8, record.LastSeq);
            json.WriteStartArray("missingIn"u8);
            foreach (var region in record.MissingIn)
            {
                json.WriteStringValue(region);
            }

            json.WriteEndArray();
            json.WriteString("detail"u8, record.Detail.Length > MaxDetail ? record.Detail[..MaxDetail] : record.Detail);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a record. Never throws on bad input: false when it is no record, or one that can't be true.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, [NotNullWhen(true)] out LossRecord? record)
    {
        record = null;
        try
        {
            var reader = new Utf8JsonReader(json, s_options);
            var read = Read(ref reader);
            if (read is not null && IsSound(read))
            {
                record = read;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            // Not JSON, or a value of another kind than expected.
        }

        return record is not null;
    }

    private static LossRecord? Read(ref Utf8JsonReader reader)
    {
        var record = new LossRecord(default, -1, -1, -1, "", 0, 0, 0, [], "");
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "cause":
                    record = record with { Cause = LossCauses.Find(reader.GetString()) ?? default };
                    break;
                case "firstOffset":
                    record = record with { FirstOffset = reader.GetInt64() };
                    break;
                case "lastOffset":
                    record = record with { LastOffset = reader.GetInt64() };
                    break;
                case "packets":
                    record = record with { Packets = reader.GetInt64() };
                    break;
                case "hub":
                    record = record with { Hub = reader.GetString() ?? "" };
                    break;
                case "boot":
                    record = record with { Boot = reader.GetInt64() };
                    break;
                case "firstSeq":
                    record = record with { FirstSeq = reader.GetInt64() };
                    break;
                case "lastSeq":
                    record = record with { LastSeq = reader.GetInt64() };
                    break;
                case "missingIn":
                    record = record with { MissingIn = Strings(ref reader) };
                    break;
                case "detail":
                    record = record with { Detail = reader.GetString() ?? "" };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return reader.TokenType == JsonTokenType.EndObject && !reader.Read() ? record : null;
    }

    private static List<string> Strings(ref Utf8JsonReader reader)
    {
        List<string> strings = [];
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException();
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            strings.Add(reader.GetString() ?? "");
        }

        return strings;
    }

    private static bool IsSound(LossRecord r) =>
        r.Cause != default
        && r.FirstOffset >= 0 && r.LastOffset >= r.FirstOffset && r.Packets >= 1
        && (r.Hub.Length == 0 || EntityName.IsValid(r.Hub))
        && r.Boot >= 0 && r.FirstSeq >= 0 && r.LastSeq >= r.FirstSeq && r.LastSeq <= PacketParser.MaxSeq
        && r.MissingIn.Count <= MaxRegions && r.MissingIn.All(m => EntityName.IsValid(m))
        && r.Detail.Length <= MaxDetail;
}
