using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OutbackUptime.Domain.Alerts.Notices;

/// <summary>
/// The header `Outback-Signature: t=UNIX,v1=HEX`: HMAC-SHA256 (RFC 2104) with the shared secret over "UNIX.BODY". The time is
/// signed too, so that a receiver can refuse what was recorded and sent again.
/// </summary>
public static class WebhookSignature
{
    /// <summary>The header's name.</summary>
    public const string Header = "Outback-Signature";

    /// <summary>Signs a body.</summary>
    /// <param name="secret">The secret shared with the receiver, at least 16 bytes.</param>
    /// <param name="at">The time of this attempt.</param>
    /// <param name="body">The body's exact bytes.</param>
    public static string Sign(ReadOnlySpan<byte> secret, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var seconds = at.ToUnixTimeSeconds();
        return string.Create(CultureInfo.InvariantCulture, $"t={seconds},v1={Convert.ToHexStringLower(Mac(secret, seconds, body))}");
    }

    /// <summary>Whether a header is genuine and fresh. For receivers in .NET, and the tests.</summary>
    /// <param name="secret">The shared secret.</param>
    /// <param name="header">The header's value.</param>
    /// <param name="body">The body's exact bytes.</param>
    /// <param name="now">The clock.</param>
    /// <param name="tolerance">How far the signed time may be from it.</param>
    public static bool Verify(ReadOnlySpan<byte> secret, string header, ReadOnlySpan<byte> body, DateTimeOffset now, TimeSpan tolerance)
    {
        ArgumentNullException.ThrowIfNull(header);
        var parts = header.Split(',');
        if (parts.Length != 2 || !parts[0].StartsWith("t=", StringComparison.Ordinal) || !parts[1].StartsWith("v1=", StringComparison.Ordinal)
            || !long.TryParse(parts[0].AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || parts[1].Length != 3 + (2 * HMACSHA256.HashSizeInBytes)
            || Math.Abs(now.ToUnixTimeSeconds() - seconds) > tolerance.TotalSeconds)
        {
            return false;
        }

        Span<byte> claimed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return Convert.FromHexString(parts[1].AsSpan(3), claimed, out _, out _) == System.Buffers.OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(claimed, Mac(secret, seconds, body));
    }

    private static byte[] Mac(ReadOnlySpan<byte> secret, long seconds, ReadOnlySpan<byte> body)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        mac.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seconds}.")));
        mac.AppendData(body);
        return mac.GetHashAndReset();
    }
}
