using System.Diagnostics.CodeAnalysis;

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

    /// <summary>Parses <paramref name="payload"/> (UTF-8 JSON). Never throws on bad input.</summary>
    /// <returns>True with <paramref name="packet"/>, or false with <paramref name="fault"/>.</returns>
    public static bool TryParse(
        ReadOnlySpan<byte> payload,
        [NotNullWhen(true)] out Packet? packet,
        [NotNullWhen(false)] out PacketFault? fault) => throw new NotImplementedException();

    /// <summary>The first 8 bytes (big endian) of the payload's SHA-256: tells a redelivery from another packet under the same seq.</summary>
    public static ulong Hash(ReadOnlySpan<byte> payload) => throw new NotImplementedException();
}
