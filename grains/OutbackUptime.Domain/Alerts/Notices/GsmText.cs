using System.Text;

namespace OutbackUptime.Domain.Alerts.Notices;

/// <summary>
/// Text that fits one text message: 160 characters of the GSM 7-bit alphabet (3GPP TS 23.038). One character outside of it would
/// more than halve the room.
/// </summary>
public static class GsmText
{
    /// <summary>Characters in one message.</summary>
    public const int MaxLength = 160;

    // The basic alphabet less what needs an escape and less Greek capitals, which nobody's station is written with.
    private const string Alphabet = "@£$¥èéùìòÇØøÅåÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà\n";

    /// <summary>Whether it is one message as it stands.</summary>
    public static bool Fits(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= MaxLength && text.All(c => Alphabet.Contains(c, StringComparison.Ordinal));
    }

    /// <summary>The nearest text that fits: other letters lose their accents or become '?', what is too long ends in "...".</summary>
    public static string Fit(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var fitted = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            fitted.Append(Nearest(rune));
        }

        return fitted.Length <= MaxLength ? fitted.ToString() : fitted.ToString(0, MaxLength - 3).TrimEnd() + "...";
    }

    private static string Nearest(Rune rune) => rune.Value switch
    {
        '\u2018' or '\u2019' or '`' => "'",
        '\u201c' or '\u201d' => "\"",
        '\u2013' or '\u2014' or '_' => "-",
        '\u2026' => "...",
        '\r' => "",
        '\t' or 0xa0 => " ",
        '[' or '{' => "(",
        ']' or '}' => ")",
        var v when v < 0x10000 && Alphabet.Contains((char)v, StringComparison.Ordinal) => ((char)v).ToString(),
        _ => Plain(rune),
    };

    private static string Plain(Rune rune)
    {
        // Invariant globalization leaves no Unicode decomposition beyond Latin: what it can't take apart is a '?'.
        var first = rune.ToString().Normalize(NormalizationForm.FormD)[0];
        return char.IsAscii(first) && Alphabet.Contains(first, StringComparison.Ordinal) ? first.ToString() : "?";
    }
}
