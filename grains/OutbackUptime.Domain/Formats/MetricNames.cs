using System.Security.Cryptography;
using System.Text;
using OutbackUptime.Domain.Packets;

namespace OutbackUptime.Domain.Formats;

/// <summary>Maps names of other formats to metric names, [a-z][a-z0-9_]* of at most 64 characters.</summary>
internal static class MetricNames
{
    private const int HashCharacters = 8;

    /// <summary>
    /// Lower case, words parted by one `_` (also where `camelCase` parts them), the unit's suffix last unless it is there.
    /// What is longer is cut and gets a hash of the whole. Never fails.
    /// </summary>
    public static string Plain(string original, string suffix)
    {
        var name = new StringBuilder(original.Length + suffix.Length + 1);
        for (var i = 0; i < original.Length; i++)
        {
            var c = original[i];
            var isWord = char.IsAsciiLetterOrDigit(c);
            var parts = !isWord || (char.IsAsciiLetterUpper(c) && i > 0 && (char.IsAsciiLetterLower(original[i - 1]) || char.IsAsciiDigit(original[i - 1])));
            if (parts && name.Length > 0 && name[^1] != '_')
            {
                name.Append('_');
            }

            if (isWord)
            {
                name.Append(char.ToLowerInvariant(c));
            }
        }

        if (name.Length > 0 && name[^1] == '_')
        {
            name.Length--;
        }

        if (name.Length == 0 || char.IsAsciiDigit(name[0]))
        {
            name.Insert(0, name.Length == 0 ? "m" : "m_");
        }

        var text = name.ToString();
        if (suffix.Length > 0 && text != suffix && !text.EndsWith($"_{suffix}", StringComparison.Ordinal))
        {
            text = $"{text}_{suffix}";
        }

        return text.Length <= PacketParser.MaxMetricNameLength ? text : Hashed(original, suffix, text);
    }

    /// <summary>The plain name with a hash of the original: for originals whose plain names are the same.</summary>
    public static string Hashed(string original, string suffix) => Hashed(original, suffix, Plain(original, suffix));

    private static string Hashed(string original, string suffix, string plain)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{original}\n{suffix}"));
        var head = plain[..Math.Min(plain.Length, PacketParser.MaxMetricNameLength - HashCharacters - 1)].TrimEnd('_');
        return $"{head}_{Convert.ToHexStringLower(digest)[..HashCharacters]}";
    }
}
