using System.Text.RegularExpressions;
using OutbackUptime.Operations.Tests.Stack;

namespace OutbackUptime.Operations.Tests.Rules;

/// <summary>What the rule files say, as far as tests ask: each rule's expression is on one line.</summary>
internal static partial class RuleFiles
{
    public static string[] Paths => Repository.Files("ops/prometheus/rules", "*.yml");

    public static string[] Tests => Repository.Files("ops/prometheus/tests", "*.yml");

    /// <summary>Alerts with their runbooks.</summary>
    public static IReadOnlyList<(string Alert, string Runbook, string Severity)> Alerts =>
        [.. Paths.SelectMany(p => AlertPattern().Matches(File.ReadAllText(p))).Select(m => (m.Groups["alert"].Value, m.Groups["runbook"].Value, m.Groups["severity"].Value))];

    /// <summary>Names of recorded series.</summary>
    public static IReadOnlyList<string> Recorded => [.. Paths.SelectMany(p => RecordPattern().Matches(File.ReadAllText(p))).Select(m => m.Groups[1].Value)];

    public static IReadOnlyList<string> Expressions => [.. Paths.SelectMany(p => ExpressionPattern().Matches(File.ReadAllText(p))).Select(m => m.Groups[1].Value)];

    [GeneratedRegex(@"- alert: (?<alert>\w+)\n(?:(?!- alert:|- record:)[\s\S])*?severity: (?<severity>\w+)(?:(?!- alert:|- record:)[\s\S])*?runbook_url: (?<runbook>\S+)")]
    private static partial Regex AlertPattern();

    [GeneratedRegex(@"- record: (\S+)")]
    private static partial Regex RecordPattern();

    [GeneratedRegex(@"^ +expr: (.+)$", RegexOptions.Multiline)]
    private static partial Regex ExpressionPattern();
}
