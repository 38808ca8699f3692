using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Unicode;

namespace OutbackUptime.Domain.Packets;

/// <summary>
/// Parses a hub's payload: <c>{"seq":18231,"boot":42,"ts":"2026-11-23T01:02:03.456Z","metrics":{"battery_v":12.61}}</c>.
/// </summary>
public static class PacketParser
{
    /// <summary>Largest payload taken, in bytes.</summary>
    public const int MaxPayloadBytes = 16 * 1024;

    /// <summary>Most metrics in a packet.</summary>
    public const int MaxMetrics = 64;

    /// <summary>Longest name of a metric, in characters.</summary>
    public const int MaxMetricNameLength = 64;

    /// <summary>Highest seq: what a double, and so any JSON library, holds exactly.</summary>
    public const long MaxSeq = (1L << 53) - 1;

    /// <summary>Highest boot that a hub may send. Those assigned by the gateway lie above.</summary>
    public const long MaxHubBoot = 1_000_000_000_000_000 - 1;

    // A level deeper than a packet goes, so that a nested value gets the clearer fault of its place.
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = 3 };

    /// <summary>Parses <paramref name="payload"/> (UTF-8 JSON). Never throws on bad input.</summary>
    /// <returns>True with <paramref name="packet"/>, or false with <paramref name="fault"/>.</returns>
    public static bool TryParse(
        ReadOnlySpan<byte> payload,
        [NotNullWhen(true)] out Packet? packet,
        [NotNullWhen(false)] out PacketFault? fault)
    {
        List<Metric> metrics = [];
        packet = TryRead(payload, metrics, out var header, out fault) ? new Packet(header.Seq, header.Boot, header.HubTime, metrics) : null;
        return packet is not null;
    }

    /// <summary>The same for whoever reads many: the metrics go into a list of the caller's, which is emptied first.</summary>
    /// <returns>True with <paramref name="header"/>, or false with <paramref name="fault"/>.</returns>
    public static bool TryRead(
        ReadOnlySpan<byte> payload,
        List<Metric> metrics,
        out PacketHeader header,
        [NotNullWhen(false)] out PacketFault? fault)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        metrics.Clear();
        header = default;
        fault = CheckBytes(payload);
        if (fault is not null)
        {
            return false;
        }

        var reader = new Utf8JsonReader(payload, ReaderOptions);
        try
        {
            fault = Parse(ref reader, payload, metrics, out header);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escaped lone surrogate, which UTF-8 can't express.
            fault = PacketFaults.InvalidJson(reader.BytesConsumed);
        }

        return fault is null;
    }

    /// <summary>The first 8 bytes (big endian) of the payload's SHA-256: tells a redelivery from another packet under the same seq.</summary>
    public static ulong Hash(ReadOnlySpan<byte> payload)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(payload, digest);
        return BinaryPrimitives.ReadUInt64BigEndian(digest);
    }

    private static PacketFault? CheckBytes(ReadOnlySpan<byte> payload) =>
        payload.IsEmpty ? new PacketFault(FaultCodes.PayloadEmpty, "The payload is empty.")
        : payload.Length > MaxPayloadBytes ? PacketFaults.TooLarge(payload.Length)
        : !Utf8.IsValid(payload) ? new PacketFault(FaultCodes.EncodingInvalid, "The payload is not UTF-8.")
        : null;

    private static PacketFault? Parse(ref Utf8JsonReader reader, ReadOnlySpan<byte> payload, List<Metric> metrics, out PacketHeader header)
    {
        header = default;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return new PacketFault(FaultCodes.NotAnObject, "The payload is JSON, but no object.");
        }

        long? seq = null;
        long? boot = null;
        DateTimeOffset? hubTime = null;
        var metricsRead = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var fault = reader.ValueTextEquals("seq"u8) ? ReadSeq(ref reader, ref seq)
                : reader.ValueTextEquals("boot"u8) ? ReadBoot(ref reader, ref boot)
                : reader.ValueTextEquals("ts"u8) ? ReadTs(ref reader, ref hubTime)
                : reader.ValueTextEquals("metrics"u8) ? ReadMetrics(ref reader, metrics, ref metricsRead)
                : PacketFaults.UnknownProperty(reader.GetString()!);
            if (fault is not null)
            {
                return fault;
            }
        }

        if (payload[(int)reader.BytesConsumed..].ContainsAnyExcept(" \t\r\n"u8))
        {
            return new PacketFault(FaultCodes.TrailingBytes, $"Bytes follow the object, which ends at byte {reader.BytesConsumed}.");
        }

        if (seq is null)
        {
            return new PacketFault(FaultCodes.SeqMissing, "seq is missing.");
        }

        if (!metricsRead)
        {
            return new PacketFault(FaultCodes.MetricsMissing, "metrics is missing.");
        }

        header = new PacketHeader(seq.Value, boot, hubTime);
        return null;
    }

    private static PacketFault? ReadSeq(ref Utf8JsonReader reader, ref long? seq)
    {
        if (seq is not null)
        {
            return PacketFaults.DuplicateKey("seq");
        }

        reader.Read();
        if (!TryReadInteger(ref reader, out var value))
        {
            return new PacketFault(FaultCodes.SeqNotInteger, "seq is no integer of 0 to 2^53 - 1.");
        }

        seq = value;
        return value is >= 0 and <= MaxSeq ? null : new PacketFault(FaultCodes.SeqOutOfRange, $"seq is {value}; it must be 0 to 2^53 - 1.");
    }

    private static PacketFault? ReadBoot(ref Utf8JsonReader reader, ref long? boot)
    {
        if (boot is not null)
        {
            return PacketFaults.DuplicateKey("boot");
        }

        reader.Read();
        if (!TryReadInteger(ref reader, out var value))
        {
            return new PacketFault(FaultCodes.BootNotInteger, "boot is no integer of 0 to 10^15 - 1.");
        }

        boot = value;
        return value is >= 0 and <= MaxHubBoot ? null : new PacketFault(FaultCodes.BootOutOfRange, $"boot is {value}; it must be 0 to 10^15 - 1.");
    }

    private static PacketFault? ReadTs(ref Utf8JsonReader reader, ref DateTimeOffset? hubTime)
    {
        if (hubTime is not null)
        {
            return PacketFaults.DuplicateKey("ts");
        }

        reader.Read();
        Span<char> text = stackalloc char[Rfc3339.MaxLength];
        if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.Length > text.Length || !Rfc3339.TryParse(text[..reader.CopyString(text)], out var instant))
        {
            return new PacketFault(FaultCodes.TsInvalid, "ts is no RFC 3339 time such as \"2026-11-23T01:02:03.456Z\".");
        }

        hubTime = instant;
        return null;
    }

    private static bool TryReadInteger(ref Utf8JsonReader reader, out long value)
    {
        value = 0;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out value);
    }

    private static PacketFault? ReadMetrics(ref Utf8JsonReader reader, List<Metric> metrics, ref bool read)
    {
        if (read)
        {
            return PacketFaults.DuplicateKey("metrics");
        }

        read = true;
        return MetricsReader.Read(ref reader, metrics);
    }
}
