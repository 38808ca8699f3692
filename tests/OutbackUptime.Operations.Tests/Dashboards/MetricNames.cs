using System.Text.RegularExpressions;

namespace OutbackUptime.Operations.Tests.Dashboards;

/// <summary>Finds the names of metrics in PromQL.</summary>
internal static partial class MetricNames
{
    private static readonly HashSet<string> s_words = ["and", "or", "unless", "by", "without", "on", "ignoring", "group_left", "group_right", "bool", "offset", "inf", "nan"];

    /// <summary>Identifiers that are no function, keyword or label.</summary>
    public static IReadOnlyList<string> In(string expression)
    {
        var bare = Strings().Replace(expression, "");
        bare = Braces().Replace(bare, "");
        bare = Labels().Replace(bare, "");
        bare = Ranges().Replace(bare, "");
        return [.. Identifier().Matches(bare).Select(m => m.Value).Where(n => !s_words.Contains(n.ToLowerInvariant())).Distinct(StringComparer.Ordinal)];
    }

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Strings();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Braces();

    [GeneratedRegex(@"\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)")]
    private static partial Regex Labels();

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Ranges();

    // Not a number's exponent, not followed by an opening parenthesis.
    [GeneratedRegex(@"(?<![\w.:])[a-zA-Z_:][a-zA-Z0-9_:]*\b(?!\s*\()")]
    private static partial Regex Identifier();
}
