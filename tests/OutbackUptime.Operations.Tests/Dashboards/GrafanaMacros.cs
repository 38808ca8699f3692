using System.Text.RegularExpressions;

namespace OutbackUptime.Operations.Tests.Dashboards;

/// <summary>Expands what Grafana and its ClickHouse plugin expand before a query is sent, for the last hour at a minute's resolution.</summary>
internal static partial class GrafanaMacros
{
    /// <summary>As grafana-clickhouse-datasource documents its macros; variables by name.</summary>
    public static string ExpandSql(string sql, IReadOnlyDictionary<string, string> variables)
    {
        var expanded = sql
            .Replace("$__fromTime", "(now() - INTERVAL 1 HOUR)", StringComparison.Ordinal)
            .Replace("$__toTime", "(now() + INTERVAL 1 MINUTE)", StringComparison.Ordinal);
        expanded = TimeFilter().Replace(expanded, "($1 >= toDateTime(now() - INTERVAL 1 HOUR) AND $1 <= toDateTime(now() + INTERVAL 1 MINUTE))");
        expanded = TimeInterval().Replace(expanded, "toStartOfInterval(toDateTime($1), INTERVAL 60 second)");
        foreach (var (name, value) in variables)
        {
            expanded = expanded.Replace($"${{{name}:singlequote}}", $"'{value}'", StringComparison.Ordinal).Replace($"${{{name}}}", value, StringComparison.Ordinal);
        }

        return expanded.Contains('$', StringComparison.Ordinal) ? throw new InvalidOperationException($"A macro or variable is not known: {expanded}") : expanded;
    }

    public static string ExpandPromQl(string expression)
    {
        var expanded = expression.Replace("$__rate_interval", "1m", StringComparison.Ordinal).Replace("$station", ".*", StringComparison.Ordinal);
        return expanded.Contains('$', StringComparison.Ordinal) ? throw new InvalidOperationException($"A macro or variable is not known: {expanded}") : expanded;
    }

    [GeneratedRegex(@"\$__timeFilter\((\w+)\)")]
    private static partial Regex TimeFilter();

    [GeneratedRegex(@"\$__timeInterval\((\w+)\)")]
    private static partial Regex TimeInterval();
}
