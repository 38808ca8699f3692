using System.Collections.Frozen;
using System.Text;

namespace OutbackUptime.Domain.Formats.SenMl;

/// <summary>Suffixes for the units of RFC 8428 section 12.1 and RFC 8798, in this project's spelling where it has one.</summary>
internal static class SenMlUnits
{
    private const int MaxLength = 16;

    // Those whose letters alone would not do: a sign, or two units that differ by case only.
    private static readonly FrozenDictionary<string, string> s_suffixes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["%"] = "pct",
        ["%RH"] = "rh_pct",
        ["%EL"] = "el_pct",
        ["/"] = "ratio",
        ["Cel"] = "c",
        ["C"] = "coulomb",
        ["S"] = "siemens",
        ["G"] = "gauss",
        ["F"] = "farad",
        ["H"] = "henry",
        ["T"] = "tesla",
        ["N"] = "newton",
        ["K"] = "kelvin",
        ["Ohm"] = "ohm",
        ["lx"] = "lux",
        ["m/s"] = "mps",
        ["m/s2"] = "mps2",
        ["beat/min"] = "bpm",
        ["l/min"] = "lpm",
        ["l/s"] = "lps",
        ["m3/s"] = "m3ps",
        ["km/h"] = "kmh",
        ["dBm"] = "dbm",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The suffix; empty for no unit. Others than those known become their letters and digits, `/` becomes `per`.</summary>
    public static string Suffix(string? unit)
    {
        if (string.IsNullOrEmpty(unit))
        {
            return "";
        }

        if (s_suffixes.TryGetValue(unit, out var known))
        {
            return known;
        }

        var suffix = new StringBuilder();
        foreach (var c in unit)
        {
            if (c == '/')
            {
                suffix.Append("_per_");
            }
            else if (c == '%')
            {
                suffix.Append("pct");
            }
            else if (char.IsAsciiLetterOrDigit(c))
            {
                suffix.Append(char.ToLowerInvariant(c));
            }

            if (suffix.Length >= MaxLength)
            {
                break;
            }
        }

        return suffix.ToString().Trim('_');
    }
}
