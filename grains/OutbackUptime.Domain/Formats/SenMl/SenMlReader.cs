using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using OutbackUptime.Domain.Packets;

namespace OutbackUptime.Domain.Formats.SenMl;

/// <summary>
/// Reads a SenML pack in JSON (<see href="https://www.rfc-editor.org/rfc/rfc8428">RFC 8428</see>), e.g.
/// <c>[{"bn":"bore-01/","bt":1795482123,"n":"battery","u":"V","v":12.61},{"n":"tank","u":"%","v":71.4}]</c>.
/// </summary>
public static class SenMlReader
{
    // RFC 8428 section 4.5.3: smaller values are relative to now.
    private const double LeastAbsolute = 1 << 28;

    // 9999-12-31T23:59:59Z in Unix seconds.
    private const double MaxTime = 253_402_300_799;

    private static readonly SearchValues<char> s_nameCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-:./_");
    private static readonly JsonReaderOptions s_options = new() { MaxDepth = 8 };

    /// <summary>Reads a pack. Never throws on bad input.</summary>
    /// <param name="hub">The hub of the topic: a base name that only repeats it is left away.</param>
    /// <param name="payload">UTF-8 JSON.</param>
    /// <param name="now">What relative times are relative to.</param>
    public static SourceReading Read(string hub, ReadOnlySpan<byte> payload, DateTimeOffset now)
    {
        if (payload.IsEmpty)
        {
            return SourceReading.Bad(new PacketFault(FaultCodes.PayloadEmpty, "The payload is empty."));
        }

        if (!Utf8.IsValid(payload))
        {
            return SourceReading.Bad(new PacketFault(FaultCodes.EncodingInvalid, "The payload is not UTF-8."));
        }

        var reader = new Utf8JsonReader(payload, s_options);
        try
        {
            return Read(ref reader, hub, now);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escaped lone surrogate, which UTF-8 can't express.
            return SourceReading.Bad(PacketFaults.InvalidJson(reader.BytesConsumed));
        }
    }

    private static SourceReading Read(ref Utf8JsonReader reader, string hub, DateTimeOffset now)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return SourceReading.Bad(new PacketFault(FaultCodes.SenMlNotAPack, "The payload is JSON, but no array of records."));
        }

        var leftOut = new LeftOuts();
        List<(DateTimeOffset? Time, string Name, string Suffix, double Value)> values = [];
        var record = new SenMlRecord { BaseName = "" };
        var isAbsolute = false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return SourceReading.Bad(new PacketFault(FaultCodes.SenMlNotAPack, "A record of the pack is no object."));
            }

            record = record.Next();
            var fault = SenMlRecordReader.Read(ref reader, ref record, leftOut) ?? Resolve(record, hub, now, values, ref isAbsolute);
            if (fault is not null)
            {
                return SourceReading.Bad(fault);
            }
        }

        // Reads on to the end: throws where something follows the pack.
        reader.Read();
        return Group(values, leftOut.ToFault(), isAbsolute);
    }

    private static PacketFault? Resolve(
        in SenMlRecord record, string hub, DateTimeOffset now, List<(DateTimeOffset? Time, string Name, string Suffix, double Value)> values, ref bool isAbsolute)
    {
        var value = record.Value is { } v ? v + (record.BaseValue ?? 0)
            : record.Boolean is { } b ? (b ? 1 : 0)
            : (double?)null;
        var sum = record.Sum is null && (record.BaseSum is null || (value is null && !record.HasText)) ? (double?)null : (record.Sum ?? 0) + (record.BaseSum ?? 0);
        if (value is null && sum is null)
        {
            // Base values only, or text, which is left out.
            return null;
        }

        var full = record.BaseName + record.Name;
        if (full.Length == 0 || !char.IsAsciiLetterOrDigit(full[0]) || full.AsSpan().ContainsAnyExcept(s_nameCharacters))
        {
            return new PacketFault(FaultCodes.SenMlNameInvalid, $"The name {PacketFaults.Quote(full)} breaks RFC 8428 section 4.5.1.");
        }

        if (value is { } one && !double.IsFinite(one) || sum is { } all && !double.IsFinite(all))
        {
            return PacketFaults.MetricNotFinite(full);
        }

        var seconds = (record.BaseTime ?? 0) + (record.Time ?? 0);
        if (!TryTime(seconds, now, out var time))
        {
            return new PacketFault(FaultCodes.SenMlTimeInvalid, "A time of the pack is beyond the years 1 to 9999.");
        }

        isAbsolute |= seconds >= LeastAbsolute;
        var name = Short(record, full, hub);
        var suffix = SenMlUnits.Suffix(record.Unit ?? record.BaseUnit);
        if (value is { } measured)
        {
            values.Add((time, name, record.Boolean is null || record.Value is not null ? suffix : "", measured));
        }

        if (sum is { } total)
        {
            values.Add((time, $"{name}_sum", suffix, total));
        }

        return null;
    }

    /// <summary>A base name that names the hub, which the topic does already, is left away where a name follows it.</summary>
    private static string Short(in SenMlRecord record, string full, string hub)
    {
        var device = record.BaseName.TrimEnd(':', '/', '.', '-', '_');
        var isHub = device.EndsWith(hub, StringComparison.Ordinal) && (device.Length == hub.Length || device[^(hub.Length + 1)] is ':' or '/' or '.' or '-' or '_');
        return isHub && !string.IsNullOrEmpty(record.Name) ? record.Name : full;
    }

    private static bool TryTime(double seconds, DateTimeOffset now, out DateTimeOffset? time)
    {
        time = null;
        if (seconds == 0)
        {
            // Now, as far as the hub knows: the receipt.
            return true;
        }

        var since = seconds < LeastAbsolute ? now : DateTimeOffset.UnixEpoch;
        var microseconds = Math.Round(seconds * 1e6);
        if (Math.Abs(seconds) > MaxTime)
        {
            return false;
        }

        var ticks = since.UtcTicks + ((long)microseconds * TimeSpan.TicksPerMicrosecond);
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        time = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    private static SourceReading Group(List<(DateTimeOffset? Time, string Name, string Suffix, double Value)> values, PacketFault? leftOut, bool isAbsolute)
    {
        var namer = new MetricNamer();
        namer.Learn(values.Select(v => (v.Name, v.Suffix)));
        var groups = new PacketGroups();
        foreach (var (time, name, suffix, value) in values)
        {
            if (!groups.TryAdd(time, namer.Name(name, suffix), value))
            {
                return SourceReading.Bad(PacketGroups.TooMany());
            }
        }

        return groups.Count == 0
            ? SourceReading.Bad(leftOut ?? new PacketFault(FaultCodes.PackEmpty, "The pack has no value."))
            : new SourceReading { Packets = groups.Packets, LeftOut = leftOut, MayRepeat = isAbsolute };
    }
}
