using System.Text;

namespace OutbackUptime.Domain.Packets;

/// <summary>Makes faults whose reasons stay short and printable, whatever the hub sent.</summary>
internal static class PacketFaults
{
    private const int MaxQuoted = 40;

    public static PacketFault TooLarge(int bytes) => new(
        FaultCodes.PayloadTooLarge, $"The payload has {bytes} bytes; at most {PacketParser.MaxPayloadBytes} are taken.");

    public static PacketFault InvalidJson(long position) => new(
        FaultCodes.JsonInvalid, $"Not valid JSON at or after byte {position}.");

    public static PacketFault DuplicateKey(string key) => new(
        FaultCodes.DuplicateKey, $"The key {Quote(key)} stands twice.");

    public static PacketFault UnknownProperty(string key) => new(
        FaultCodes.UnknownProperty, $"Unknown property {Quote(key)}; a packet has seq, boot, ts and metrics.");

    public static PacketFault MetricName(string name) => new(
        FaultCodes.MetricNameInvalid, $"The metric name {Quote(name)} does not match [a-z][a-z0-9_]* of at most {PacketParser.MaxMetricNameLength} characters.");

    public static PacketFault MetricNotNumber(string name) => new(
        FaultCodes.MetricNotNumber, $"The value of metric {Quote(name)} is no number.");

    public static PacketFault MetricNotFinite(string name) => new(
        FaultCodes.MetricNotFinite, $"The value of metric {Quote(name)} does not fit a finite 64-bit float.");

    /// <summary>The text in quotes, cut and made printable.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(MaxQuoted + 4).Append('\'');
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, MaxQuoted)))
        {
            quoted.Append(c is >= ' ' and <= '~' ? c : '?');
        }

        return quoted.Append(text.Length > MaxQuoted ? "…'" : "'").ToString();
    }
}
