using System.Text.Json;
using OutbackUptime.Domain.Packets;

namespace OutbackUptime.Domain.Formats.SenMl;

/// <summary>Reads one record of a pack.</summary>
internal static class SenMlRecordReader
{
    // RFC 8428 section 4.4: a pack with a higher version must not be processed.
    private const double Version = 10;
    private static readonly string[] s_labels = ["bn", "bt", "bu", "bv", "bs", "bver", "n", "u", "v", "vs", "vb", "vd", "s", "t", "ut"];

    /// <summary>Reads from the object's beginning to its end into <paramref name="record"/>. Returns the first fault, or null.</summary>
    public static PacketFault? Read(ref Utf8JsonReader reader, ref SenMlRecord record, LeftOuts leftOut)
    {
        var seen = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var label = reader.GetString()!;
            var known = Array.IndexOf(s_labels, label);
            reader.Read();
            if (known < 0)
            {
                if (label.EndsWith('_'))
                {
                    return new PacketFault(FaultCodes.SenMlLabelInvalid, $"The label {PacketFaults.Quote(label)} must be understood (RFC 8428 section 4.4) and is not.");
                }

                leftOut.Add(label, "is no label of RFC 8428");
                reader.Skip();
                continue;
            }

            if ((seen & (1 << known)) != 0)
            {
                return PacketFaults.DuplicateKey(label);
            }

            seen |= 1 << known;
            if (!Take(ref reader, label, ref record, leftOut))
            {
                return new PacketFault(FaultCodes.SenMlLabelInvalid, $"The value of {PacketFaults.Quote(label)} is of the wrong kind, not finite, or of a version above {Version}.");
            }
        }

        return null;
    }

    private static bool Take(ref Utf8JsonReader reader, string label, ref SenMlRecord record, LeftOuts leftOut)
    {
        switch (label)
        {
            case "bn": return Text(ref reader, out record.BaseName!);
            case "bu": return Text(ref reader, out record.BaseUnit);
            case "n": return Text(ref reader, out record.Name);
            case "u": return Text(ref reader, out record.Unit);
            case "bt": return Number(ref reader, out record.BaseTime);
            case "bv": return Number(ref reader, out record.BaseValue);
            case "bs": return Number(ref reader, out record.BaseSum);
            case "v": return Number(ref reader, out record.Value);
            case "s": return Number(ref reader, out record.Sum);
            case "t": return Number(ref reader, out record.Time);
            case "bver": return Number(ref reader, out var version) && version <= Version;
            case "vb":
                record.Boolean = reader.TokenType == JsonTokenType.True;
                return reader.TokenType is JsonTokenType.True or JsonTokenType.False;
            case "ut":
                // When the next record is due at the latest: of no use here, and no loss.
                return Number(ref reader, out _);
            default:
                record.HasText = true;
                leftOut.Add(label, "is text");
                return Text(ref reader, out _);
        }
    }

    private static bool Text(ref Utf8JsonReader reader, out string? text)
    {
        text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return text is not null;
    }

    private static bool Number(ref Utf8JsonReader reader, out double? number)
    {
        number = reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var value) && double.IsFinite(value) ? value : null;
        return number is not null;
    }
}
