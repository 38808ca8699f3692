using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace OutbackUptime.Domain.Formats.Sparkplug;

/// <summary>A Sparkplug B payload (Eclipse Tahu, sparkplug_b.proto, message Payload).</summary>
internal sealed class SparkplugPayload
{
    /// <summary>Most metrics in one payload.</summary>
    public const int MaxMetrics = 4096;

    /// <summary>Unix ms.</summary>
    public ulong? Timestamp { get; private set; }

    /// <summary>0 to 255; a death certificate of a node has none.</summary>
    public ulong? Seq { get; private set; }

    /// <summary>Its metrics, in order.</summary>
    public List<SparkplugMetric> Metrics { get; } = [];

    /// <summary>The bdSeq metric: which session a certificate is of.</summary>
    public ulong? BdSeq
    {
        get
        {
            foreach (var metric in Metrics)
            {
                if (metric.Name == "bdSeq" && metric.Kind == SparkplugValueKind.Integer)
                {
                    return metric.Bits;
                }
            }

            return null;
        }
    }

    /// <summary>Decodes; false on malformed bytes or too many metrics. Never throws.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out SparkplugPayload? payload)
    {
        payload = null;
        var result = new SparkplugPayload();
        var reader = new ProtobufReader(bytes);
        while (!reader.IsAtEnd)
        {
            if (!reader.TryReadTag(out var field, out var wire) || !result.TryReadField(ref reader, field, wire))
            {
                return false;
            }
        }

        payload = result;
        return true;
    }

    private bool TryReadField(ref ProtobufReader reader, int field, int wire)
    {
        switch (field, wire)
        {
            case (1, ProtobufReader.Varint):
                var hasTime = reader.TryReadVarint(out var timestamp);
                Timestamp = timestamp;
                return hasTime;
            case (2, ProtobufReader.Bytes):
                if (!reader.TryReadBytes(out var bytes) || Metrics.Count == MaxMetrics || !TryReadMetric(bytes, out var metric))
                {
                    return false;
                }

                Metrics.Add(metric);
                return true;
            case (3, ProtobufReader.Varint):
                var hasSeq = reader.TryReadVarint(out var seq);
                Seq = seq;
                return hasSeq;
            default:
                // uuid, body, extensions. A known field with another wire type is malformed.
                return field > 3 && reader.TrySkip(wire);
        }
    }

    private static bool TryReadMetric(ReadOnlySpan<byte> bytes, out SparkplugMetric metric)
    {
        metric = default;
        var reader = new ProtobufReader(bytes);
        while (!reader.IsAtEnd)
        {
            if (!reader.TryReadTag(out var field, out var wire) || !TryReadMetricField(ref reader, field, wire, ref metric))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryReadMetricField(ref ProtobufReader reader, int field, int wire, ref SparkplugMetric metric)
    {
        switch (field, wire)
        {
            case (1, ProtobufReader.Bytes):
                var hasName = reader.TryReadBytes(out var name) && Utf8.IsValid(name);
                metric.Name = hasName ? Encoding.UTF8.GetString(name) : null;
                return hasName;
            case ( >= 2 and <= 7 or 10 or 11 or 14, ProtobufReader.Varint):
                return reader.TryReadVarint(out var number) && Take(field, number, ref metric);
            case (12, ProtobufReader.Fixed32):
                var hasFloat = reader.TryReadFixed32(out var single);
                (metric.Kind, metric.Real) = (SparkplugValueKind.Real, BitConverter.UInt32BitsToSingle(single));
                return hasFloat;
            case (13, ProtobufReader.Fixed64):
                var hasDouble = reader.TryReadFixed64(out var full);
                (metric.Kind, metric.Real) = (SparkplugValueKind.Real, BitConverter.UInt64BitsToDouble(full));
                return hasDouble;
            case (15, ProtobufReader.Bytes):
                metric.Kind = SparkplugValueKind.Text;
                return reader.TrySkip(wire);
            case ( >= 16 and <= 19, ProtobufReader.Bytes):
                metric.Kind = SparkplugValueKind.Other;
                return reader.TrySkip(wire);
            default:
                // metadata, properties, extensions.
                return field is 8 or 9 or > 19 && reader.TrySkip(wire);
        }
    }

    private static bool Take(int field, ulong number, ref SparkplugMetric metric)
    {
        switch (field)
        {
            case 2: metric.Alias = number; break;
            case 3: metric.Timestamp = number; break;
            case 4: metric.DataType = (uint)number; break;
            case 5: metric.IsHistorical = number != 0; break;
            case 6: break; // is_transient: the host need not keep it; this one keeps all.
            case 7: metric.IsNull = number != 0; break;
            case 14: (metric.Kind, metric.Bits) = (SparkplugValueKind.Boolean, number); break;
            default: (metric.Kind, metric.Bits) = (SparkplugValueKind.Integer, number); break;
        }

        return true;
    }
}
