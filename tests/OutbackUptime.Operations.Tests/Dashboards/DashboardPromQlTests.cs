using System.Text.Json;
using OutbackUptime.Operations.Tests.Rules;
using OutbackUptime.Operations.Tests.Stack;
using OutbackUptime.Testing;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.Operations.Tests.Dashboards;

/// <summary>Every PromQL of rules and dashboards in a real Prometheus that scrapes a real silo, gateway and store by the product's own configuration.</summary>
[Collection(StackCollection.Name), Trait("Suite", "Slow")]
public sealed class DashboardPromQlTests(RunningStack stack) : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private readonly TempFolder _folder = new();
    private readonly int _port = FreePort.Next();
    private ChildProcess? _prometheus;

    public async Task InitializeAsync()
    {
        if (!Tool.Exists("prometheus"))
        {
            return;
        }

        Directory.CreateDirectory(_folder.File("rules"));
        Directory.CreateDirectory(_folder.File("targets"));
        foreach (var rules in RuleFiles.Paths)
        {
            File.Copy(rules, Path.Combine(_folder.File("rules"), Path.GetFileName(rules)));
        }

        var configuration = await File.ReadAllTextAsync(Repository.PathOf("ops/prometheus/prometheus.yml"));
        await File.WriteAllTextAsync(_folder.File("prometheus.yml"), configuration.Replace("_interval: 15s", "_interval: 1s", StringComparison.Ordinal).Replace("[alertmanager:9093]", "[]", StringComparison.Ordinal));
        await WriteTargetAsync("silo", stack.SiloAdminPort, ("silo", "syd-1"), ("silo_region", "syd"));
        await WriteTargetAsync("gateway", stack.GatewayAdminPort);
        await WriteTargetAsync("store", stack.StorePort, ("region", "syd"));
        _prometheus = ChildProcess.Start("prometheus", [$"--config.file={_folder.File("prometheus.yml")}", $"--storage.tsdb.path={_folder.File("data")}", $"--web.listen-address=127.0.0.1:{_port}"]);
    }

    public async Task DisposeAsync()
    {
        if (_prometheus is not null)
        {
            await _prometheus.DisposeAsync();
        }

        _http.Dispose();
        _folder.Dispose();
    }

    [ToolFact("prometheus")]
    public async Task EveryExpression_Runs_AndItsMetricsAreScrapedOrRecorded()
    {
        await stack.PublishAsync();
        var queries = DashboardFiles.PromQl.Concat(RuleFiles.Expressions.Select(e => ("a rule", e))).Select(q => (Where: q.Item1, Expression: GrafanaMacros.ExpandPromQl(q.Item2))).ToList();
        // Only while something fires; Prometheus' own.
        var wanted = queries.SelectMany(q => MetricNames.In(q.Expression)).Where(n => n != "ALERTS").Distinct(StringComparer.Ordinal).ToList();
        IReadOnlyList<string> missing = wanted;

        // Recorded rates need two scrapes and an evaluation or two.
        try
        {
            await Eventually.TrueAsync(async () => (missing = [.. wanted.Except(await NamesAsync(), StringComparer.Ordinal)]).Count == 0, TimeSpan.FromSeconds(45));
        }
        catch (TimeoutException)
        {
            Assert.Fail($"Never scraped or recorded: {string.Join(", ", missing)}\n{_prometheus!.Output}");
        }

        foreach (var (where, expression) in queries)
        {
            using var answer = await _http.GetAsync($"http://127.0.0.1:{_port}/api/v1/query?query={Uri.EscapeDataString(expression)}");
            Assert.True(answer.IsSuccessStatusCode, $"{where}: {expression}: {await answer.Content.ReadAsStringAsync()}");
        }

        Assert.True(queries.Count > 60);
    }

    private async Task<IReadOnlyList<string>> NamesAsync()
    {
        try
        {
            using var json = JsonDocument.Parse(await _http.GetStringAsync($"http://127.0.0.1:{_port}/api/v1/label/__name__/values"));
            return [.. json.RootElement.GetProperty("data").EnumerateArray().Select(n => n.GetString()!)];
        }
        catch (HttpRequestException)
        {
            return [];
        }
    }

    private Task WriteTargetAsync(string job, int port, params (string Name, string Value)[] labels) => File.WriteAllTextAsync(
        Path.Combine(_folder.File("targets"), job + ".json"),
        JsonSerializer.Serialize(new[] { new { targets = new[] { $"127.0.0.1:{port}" }, labels = labels.ToDictionary(l => l.Name, l => l.Value, StringComparer.Ordinal) } }));
}
