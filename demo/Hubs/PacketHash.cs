using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OutbackUptime.Demo.Hubs;

/// <summary>The hash under which the record names a packet's content: the ledger checker computes it again from what a store returns.</summary>
internal static class PacketHash
{
    /// <summary>First 64 bits of SHA-256 over <c>ts=UNIX_MS\n</c> (if sent) and <c>name=VALUE\n</c> by name, values in their shortest exact form.</summary>
    public static ulong OfContent(DateTimeOffset? hubTime, IEnumerable<KeyValuePair<string, double>> metrics)
    {
        var text = new StringBuilder(256);
        if (hubTime is { } ts)
        {
            text.Append(CultureInfo.InvariantCulture, $"ts={ts.ToUnixTimeMilliseconds()}\n");
        }

        foreach (var (name, value) in metrics.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            text.Append(name).Append('=').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
        }

        return OfBytes(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>First 64 bits of SHA-256 of a payload.</summary>
    public static ulong OfBytes(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        return BinaryPrimitives.ReadUInt64BigEndian(digest);
    }
}
