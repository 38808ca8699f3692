using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using OutbackUptime.Domain.Packets;
using OutbackUptime.Domain.Stations;

namespace OutbackUptime.Domain.Losses;

/// <summary>
/// A <see cref="ThinnedRow"/> as a journal entry's payload: a JSON object; `bucket` in seconds since the Unix epoch, `metrics` an
/// object of arrays [min, mean, max, last]. Readers pass over properties that they don't know.
/// </summary>
public static class ThinnedRowJson
{
    private static readonly JsonReaderOptions s_options = new() { MaxDepth = 4 };

    /// <summary>Writes a row.</summary>
    public static byte[] Write(ThinnedRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("hub"u8, row.Hub);
            json.WriteNumber("boot"u8, row.Boot);
            json.WriteNumber("firstSeq"u8, row.FirstSeq);
            json.WriteNumber("lastSeq"u8, row.LastSeq);
            json.WriteNumber("packets"u8, row.Packets);
            json.WriteNumber("bucket"u8, row.Bucket.ToUnixTimeSeconds());
            json.WriteStartObject("metrics"u8);
            foreach (var (name, metric) in row.Metrics)
            {
                json.WriteStartArray(name);
                json.WriteNumberValue(metric.Min);
                json.WriteNumberValue(metric.Mean);
                json.WriteNumberValue(metric.Max);
                json.WriteNumberValue(metric.Last);
                json.WriteEndArray();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a row. Never throws on bad input: false when it is no row, or one that can't be true.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, [NotNullWhen(true)] out ThinnedRow? row)
    {
        row = null;
        try
        {
            var reader = new Utf8JsonReader(json, s_options);
            var read = Read(ref reader);
            if (read is not null && IsSound(read))
            {
                row = read;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentOutOfRangeException)
        {
            // Not JSON, a value of another kind than expected, or a time beyond all calendars.
        }

        return row is not null;
    }

    private static ThinnedRow? Read(ref Utf8JsonReader reader)
    {
        var row = new ThinnedRow("", 0, -1, -1, -1, DateTimeOffset.UnixEpoch, new Dictionary<string, ThinnedMetric>());
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
                case "hub":
                    row = row with { Hub = reader.GetString() ?? "" };
                    break;
                case "boot":
                    row = row with { Boot = reader.GetInt64() };
                    break;
                case "firstSeq":
                    row = row with { FirstSeq = reader.GetInt64() };
                    break;
                case "lastSeq":
                    row = row with { LastSeq = reader.GetInt64() };
                    break;
                case "packets":
                    row = row with { Packets = reader.GetInt64() };
                    break;
                case "bucket":
                    row = row with { Bucket = DateTimeOffset.FromUnixTimeSeconds(reader.GetInt64()) };
                    break;
                case "metrics":
                    row = row with { Metrics = Metrics(ref reader) };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return reader.TokenType == JsonTokenType.EndObject && !reader.Read() ? row : null;
    }

    private static Dictionary<string, ThinnedMetric> Metrics(ref Utf8JsonReader reader)
    {
        var metrics = new Dictionary<string, ThinnedMetric>(StringComparer.Ordinal);
        Expect(reader.TokenType == JsonTokenType.StartObject);
        Span<double> values = stackalloc double[4];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            Expect(reader.Read() && reader.TokenType == JsonTokenType.StartArray);
            foreach (ref var value in values)
            {
                Expect(reader.Read());
                value = reader.GetDouble();
            }

            Expect(reader.Read() && reader.TokenType == JsonTokenType.EndArray && metrics.Count < PacketParser.MaxMetrics);
            Expect(metrics.TryAdd(name, new ThinnedMetric(values[0], values[1], values[2], values[3])));
        }

        return metrics;
    }

    private static void Expect(bool met)
    {
        if (!met)
        {
            throw new JsonException();
        }
    }

    private static bool IsSound(ThinnedRow r) =>
        EntityName.IsValid(r.Hub) && r.Boot >= 0
        && r.FirstSeq >= 0 && r.LastSeq >= r.FirstSeq && r.LastSeq <= PacketParser.MaxSeq && r.Packets >= 1
        && r.Bucket == ThinnedRow.BucketOf(r.Bucket) && r.Bucket >= DateTimeOffset.UnixEpoch
        && r.Metrics.Count > 0
        && r.Metrics.All(m => m.Key.Length is > 0 and <= PacketParser.MaxMetricNameLength && IsSound(m.Value));

    private static bool IsSound(ThinnedMetric m) =>
        double.IsFinite(m.Min) && double.IsFinite(m.Max) && m.Min <= m.Mean && m.Mean <= m.Max && m.Min <= m.Last && m.Last <= m.Max;
}
