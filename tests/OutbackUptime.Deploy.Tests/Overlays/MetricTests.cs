using System.Text.RegularExpressions;
using OutbackUptime.Deploy.Tests.Rendering;

namespace OutbackUptime.Deploy.Tests.Overlays;

/// <summary>What canaries are judged by are metrics that the code has.</summary>
public sealed partial class MetricTests
{
    [ToolFact("kubectl")]
    public async Task AnalysisTemplates_AskForMetricsOfTheCode()
    {
        var metrics = OfTheCode().ToHashSet();
        var queries = (await new Overlay("prod/sydney").RenderAsync()).Where(o => o.Kind == "AnalysisTemplate")
            .SelectMany(t => t.At("spec/metrics")!.Items).Select(m => m.At("provider/prometheus/query")!.Text).ToList();

        Assert.Equal(4, queries.Count);
        Assert.All(queries.SelectMany(q => Selector().Matches(q)).Select(m => m.Groups["name"].Value), name => Assert.Contains(name, metrics));
        Assert.All(queries, q => Assert.Contains("rollouts_pod_template_hash=\"{{args.canary}}\"", q, StringComparison.Ordinal));
    }

    [ToolFact("kubectl")]
    public async Task PodMonitor_GivesTheLabelsThatRulesAndTemplatesAsk()
    {
        var objects = await new Overlay("prod/sydney").RenderAsync();
        var monitor = objects.Single(o => o.Kind == "PodMonitor");
        var endpoint = monitor.At("spec/podMetricsEndpoints")!.Items.Single();

        // Argo puts this label on every pod; Prometheus writes its dashes as underscores.
        Assert.Equal(["rollouts-pod-template-hash"], monitor.At("spec/podTargetLabels")!.Items.Select(i => i.Text));
        Assert.Equal("silo", Workload.Named(objects, "silo").Labels[monitor.At("spec/jobLabel")!.Text]); // job="silo" in ops/prometheus/rules
        Assert.Equal(["silo", "silo_region"], endpoint["relabelings"]!.Items.Select(r => r["targetLabel"]!.Text).Order());
        Assert.Equal("admin", endpoint["port"]!.Text);
        Assert.Equal(("silo-sign-in", "scrape-token"), (endpoint.At("authorization/credentials/name")!.Text, endpoint.At("authorization/credentials/key")!.Text));
    }

    [Fact]
    public void MetricsOfTheCode_AreFound() => Assert.Superset(
        new HashSet<string> { "ingest_latency_seconds_bucket", "ingest_errors_total", "ingest_packets_total", "outback_ledger_missing_total", "store_breaker_open" }, OfTheCode().ToHashSet());

    /// <summary>As Prometheus shows them: by the instruments' names, kinds and units in the sources.</summary>
    private static IEnumerable<string> OfTheCode()
    {
        foreach (var file in new[] { "silo", "grains" }.SelectMany(folder => Repository.Find(folder, "*Instruments.cs")))
        {
            foreach (Match m in Instrument().Matches(Repository.Read(file)))
            {
                var name = m.Groups["name"].Value.Replace('.', '_') + (m.Groups["unit"].Value switch { "s" => "_seconds", "By" => "_bytes", _ => "" });
                string[] names = m.Groups["kind"].Value switch
                {
                    "Counter" or "ObservableCounter" => [name + "_total"],
                    "Histogram" => [name + "_bucket", name + "_count", name + "_sum"],
                    _ => [name],
                };
                foreach (var each in names)
                {
                    yield return each;
                }
            }
        }
    }

    // Name, then perhaps how it is observed, then the unit; a gauge may have none.
    [GeneratedRegex("""Create(?<kind>Counter|Histogram|ObservableGauge|ObservableCounter)(<\w+>)?\(\s*"(?<name>[\w.]+)"(,\s*(?!")[^"]*?)?,\s*("(?<unit>[^"]*)"|null)""")]
    private static partial Regex Instrument();

    [GeneratedRegex(@"(?<name>[a-z_]+)\{")]
    private static partial Regex Selector();
}
