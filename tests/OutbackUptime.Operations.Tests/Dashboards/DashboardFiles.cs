using System.Text.Json;
using OutbackUptime.Operations.Tests.Stack;

namespace OutbackUptime.Operations.Tests.Dashboards;

/// <summary>The queries of the dashboards in docs/grafana.</summary>
internal static class DashboardFiles
{
    /// <summary>Every SQL, of panels and of variables, with where it is.</summary>
    public static IReadOnlyList<(string Where, string Sql)> Sql =>
    [
        .. Targets("grafana-clickhouse-datasource", "rawSql"),
        .. Documents().SelectMany(d => d.Root.GetProperty("templating").GetProperty("list").EnumerateArray()
            .Where(v => IsOf(v, "grafana-clickhouse-datasource"))
            .Select(v => ($"{d.Name}, variable {v.GetProperty("name").GetString()}", v.GetProperty("query").GetString()!))),
    ];

    /// <summary>Every PromQL, with where it is.</summary>
    public static IReadOnlyList<(string Where, string Expression)> PromQl => Targets("prometheus", "expr");

    private static (string Where, string Query)[] Targets(string type, string property) =>
    [
        .. Documents().SelectMany(d => d.Root.GetProperty("panels").EnumerateArray()
            .Where(p => p.TryGetProperty("targets", out _))
            .SelectMany(p => p.GetProperty("targets").EnumerateArray()
                .Where(t => IsOf(t, type))
                .Select(t => ($"{d.Name}, panel {p.GetProperty("title").GetString()}", t.GetProperty(property).GetString()!)))),
    ];

    private static bool IsOf(JsonElement element, string type) => element.TryGetProperty("datasource", out var source) && source.GetProperty("type").GetString() == type;

    private static IEnumerable<(string Name, JsonElement Root)> Documents() =>
        Repository.Files("docs/grafana", "*.json").Select(p => (Path.GetFileName(p), JsonDocument.Parse(File.ReadAllText(p)).RootElement));
}
