using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OutbackUptime.Domain.Alerts;

/// <summary>
/// An alert's id: made from what it is about, so that two regions, or two activations, that see the same packets write the same row
/// and send the same idempotency key.
/// </summary>
public static class AlertId
{
    /// <summary>Its length: hexadecimal digits of the first 96 bits of a SHA-256.</summary>
    public const int Length = 24;

    /// <summary>The id of an episode.</summary>
    /// <param name="station">Station id.</param>
    /// <param name="hub">Hub id, or `gateway`.</param>
    /// <param name="rule">One of <see cref="AlertRules"/>.</param>
    /// <param name="openedAt">
    /// Event time of the packet that opened the episode, to the start of its slot (<see cref="AlertLimits.Slot"/>): one packet more
    /// or less at one of two observers doesn't make two alerts.
    /// </param>
    public static string Of(string station, string hub, string rule, DateTimeOffset openedAt)
    {
        var about = string.Create(CultureInfo.InvariantCulture, $"{station}/{hub}/{rule}/{openedAt.ToUnixTimeSeconds()}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(about)))[..Length];
    }
}
