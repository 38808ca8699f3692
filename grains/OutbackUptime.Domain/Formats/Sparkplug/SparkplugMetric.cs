namespace OutbackUptime.Domain.Formats.Sparkplug;

/// <summary>A metric of a payload as it stands on the wire.</summary>
internal struct SparkplugMetric
{
    public string? Name;
    public ulong? Alias;
    public ulong? Timestamp;
    public uint DataType;
    public bool IsHistorical;
    public bool IsNull;
    public SparkplugValueKind Kind;
    public ulong Bits;
    public double Real;

    /// <summary>Its value as a number; false with the reason where a packet can't hold it exactly.</summary>
    /// <param name="dataType">The metric's own, else that of its birth (Tahu sparkplug_b.proto, enum DataType).</param>
    /// <param name="value">The number.</param>
    /// <param name="why">Why it is none.</param>
    public readonly bool TryValue(uint dataType, out double value, out string why)
    {
        (value, why) = (0, "");
        switch (IsNull ? SparkplugValueKind.None : Kind)
        {
            case SparkplugValueKind.None:
                why = "is null";
                return false;
            case SparkplugValueKind.Text:
                why = "is text";
                return false;
            case SparkplugValueKind.Other:
                why = "is no number";
                return false;
            case SparkplugValueKind.Real:
                value = Real;
                why = "is not finite";
                return double.IsFinite(value);
            case SparkplugValueKind.Boolean:
                value = Bits == 0 ? 0 : 1;
                return true;
            default:
                why = "is beyond 2^53, which a double can't hold exactly";
                return TryInteger(dataType, out value);
        }
    }

    private readonly bool TryInteger(uint dataType, out double value)
    {
        // Negative numbers come as two's complement, of 32 bits in int_value; some encoders cut them to the type's own width.
        Int128 integer = dataType switch
        {
            1 => (sbyte)Bits,
            2 => (short)Bits,
            3 => (int)Bits,
            4 => (long)Bits,
            _ => Bits,
        };
        value = (double)integer;
        return Int128.Abs(integer) <= 1L << 53;
    }
}
