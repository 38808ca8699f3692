using System.Text.RegularExpressions;
using OutbackUptime.Deploy.Tests.Rendering;

namespace OutbackUptime.Deploy.Tests.Platform;

/// <summary>Rules, dashboards and configuration in the cluster are the files of ops/ and docs/grafana.</summary>
public sealed partial class ObservabilityTests
{
    private const string Stack = "k8s/platform/observability/stack";

    [ToolFact("kubectl")]
    public async Task Stack_CarriesTheFilesOfOps()
    {
        var objects = await Kustomization.RenderAsync(Stack);

        Assert.Equal(Repository.Read("ops/loki/config.yaml"), Release(objects, "loki").At("spec/values/loki/config")!.Text);
        Assert.Equal(Repository.Read("ops/tempo/config.yaml"), Release(objects, "tempo").At("spec/values/config")!.Text);
        Assert.Equal(Repository.Read("ops/otel-collector/config.yaml"), Data(objects, Release(objects, "otel-collector").At("spec/values/configMap/existingName")!.Text)["relay"]!.Text);
        Assert.Equal(
            Repository.Read("ops/alertmanager/alertmanager.yml"),
            System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(Data(objects, Release(objects, "kube-prometheus-stack").At("spec/values/alertmanager/alertmanagerSpec/configSecret")!.Text)["alertmanager.yaml"]!.Text)));
        foreach (var dashboard in Repository.Find("docs/grafana", "*.json"))
        {
            Assert.Contains(objects, o => o.Kind == "ConfigMap" && o["data"]?[Path.GetFileName(dashboard)]?.Text == Repository.Read(dashboard) && o.At("metadata/labels/grafana_dashboard")?.Text == "1");
        }
    }

    // Flux would empty Grafana's own `${…}`.
    [ToolFact("kubectl")]
    public async Task Files_WithVariablesOfOthers_AreNotSubstituted()
    {
        var objects = await Kustomization.RenderAsync(Stack);

        Assert.All(
            objects.Where(o => o.Kind == "ConfigMap"),
            o => Assert.Equal("disabled", o.At("metadata/annotations")!["kustomize.toolkit.fluxcd.io/substitute"]!.Text));
    }

    // What the chart in ops/prometheus makes of its rules, without helm: its template indents each file below `spec`.
    [Fact]
    public void RulesChart_MakesAPrometheusRuleOfEachFile()
    {
        var template = Repository.Read("ops/prometheus/templates/rules.yaml");
        Assert.Contains(".Files.Glob \"rules/*.yml\"", template, StringComparison.Ordinal);
        foreach (var file in Repository.Find("ops/prometheus/rules", "*.yml"))
        {
            var text = Repository.Read(file);
            var body = string.Join('\n', text.Split('\n').Select(l => "  " + l));
            var head = template[(template.IndexOf("---", StringComparison.Ordinal) + 3)..template.IndexOf("{{ $.Files.Get", StringComparison.Ordinal)].Replace("{{ base $path | trimSuffix \".yml\" }}", Path.GetFileNameWithoutExtension(file), StringComparison.Ordinal);

            var rule = Kustomization.Parse(head + body).Single();

            Assert.Equal("PrometheusRule", rule.Kind);
            Assert.Equal(Kustomization.Parse(text).Single()["groups"]!.Leaves(), rule.At("spec/groups")!.Leaves());
        }
    }

    [ToolFact("helm")]
    public async Task RulesChart_RenderedByHelm_HasEveryRule()
    {
        var (exit, output, errors) = await Tool.RunAsync("helm", ["template", "rules", Repository.PathOf("ops/prometheus")]);

        Assert.True(exit == 0, errors);
        Assert.Equal(Repository.Find("ops/prometheus/rules", "*.yml").Count, Kustomization.Parse(output).Count);
    }

    [ToolFact("kubectl")]
    public async Task StoresMonitor_KeepsWhatTheStacksPrometheusKeeps()
    {
        var monitor = (await Kustomization.RenderAsync("k8s/platform/observability/monitors")).Single(o => o.Kind == "PodMonitor" && o.Name == "store");
        var endpoint = monitor.At("spec/podMetricsEndpoints")!.Items.Single();
        var kept = Kustomization.Parse(Repository.Read("ops/prometheus/prometheus.yml")).Single()["scrape_configs"]!.Items.Single(j => j["job_name"]!.Text == "store")["metric_relabel_configs"]!.Items.Single()["regex"]!.Text;

        Assert.Equal(kept, endpoint["metricRelabelings"]!.Items.Single()["regex"]!.Text);
        Assert.Equal(["job=store", "region=${region}"], endpoint["relabelings"]!.Items.Select(r => $"{r["targetLabel"]!.Text}={r["replacement"]!.Text}"));
    }

    // What gateways write is in their own page, what silos write in *Instruments.cs.
    [Fact]
    public void Drills_AskForMetricsOfTheCode()
    {
        var code = string.Concat(new[] { "silo", "grains", "edge-gateway" }.SelectMany(f => Repository.Find(f, "*.cs")).Where(p => !p.Contains("/obj/", StringComparison.Ordinal)).Select(Repository.Read));
        var queries = Repository.Find("k8s/platform/chaos/drills/engines", "*.yaml").SelectMany(p => Kustomization.Parse(Repository.Read(p)))
            .SelectMany(e => e.Descend()).Select(o => o["query"]).OfType<KubeObject>().Select(q => q.Text).ToList();
        var names = queries.SelectMany(q => Metric().Matches(q)).Select(m => m.Value).Distinct(StringComparer.Ordinal).ToList();

        Assert.Equal(14, queries.Count);
        Assert.Equal(["ingest_packets_total", "outback_journal_given_up_total", "outback_journal_lost_total", "outback_ledger_missing_total"], names.Order(StringComparer.Ordinal));
        Assert.All(names, n => Assert.True(
            code.Contains($"\"{n[..^"_total".Length]}\"", StringComparison.Ordinal) || code.Contains($"\"{n[..^"_total".Length].Replace('_', '.')}\"", StringComparison.Ordinal)
            || Regex.IsMatch(code, $"\"{n[..^"_total".Length].Replace("_", "[._]", StringComparison.Ordinal)}\"", RegexOptions.None, TimeSpan.FromSeconds(5)), $"{n} is in no source"));
    }

    [Fact]
    public void ClusterRules_NameRunbooksThatAreThere() => Assert.All(
        Kustomization.Parse(Repository.Read("k8s/platform/observability/monitors/rules.yaml")).Single().Descend().Select(o => o["runbook_url"]).OfType<KubeObject>(),
        r => Assert.True(File.Exists(Repository.PathOf(r.Text)), r.Text));

    private static KubeObject Release(IEnumerable<KubeObject> objects, string name) => objects.Single(o => o.Kind == "HelmRelease" && o.Name == name);

    private static KubeObject Data(IEnumerable<KubeObject> objects, string name) => objects.Single(o => o.Kind is "ConfigMap" or "Secret" && o.Name == name)["data"]!;

    [GeneratedRegex("[a-z_]+_total")]
    private static partial Regex Metric();
}
