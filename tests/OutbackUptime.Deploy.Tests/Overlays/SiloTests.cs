using System.Text.RegularExpressions;
using OutbackUptime.Deploy.Tests.Rendering;
using OutbackUptime.Silo.GiveBack;
using OutbackUptime.Silo.Hosting;
using OutbackUptime.Silo.Ingest;
using OutbackUptime.Silo.Registry;

namespace OutbackUptime.Deploy.Tests.Overlays;

/// <summary>The silos' workload against the silo's code.</summary>
public sealed partial class SiloTests
{
    public static TheoryData<string> Regional => [.. Overlay.Regional];

    public static TheoryData<string> Environments => [.. Overlay.Environments];

    [ToolTheory("kubectl")]
    [MemberData(nameof(Regional))]
    public async Task Ports_AreTheCodes(string path)
    {
        var silo = await SiloAsync(path);

        Assert.Equal(new UplinkOptions().Port, silo.Ports["uplink"]);
        Assert.Equal(new SiloHostOptions().SiloPort, silo.Ports["orleans"]);
        Assert.Equal(new Silo.Admin.AdminOptions().Port, silo.Ports["admin"]);
        Assert.Equal(3, silo.Ports.Count);
    }

    [ToolTheory("kubectl")]
    [MemberData(nameof(Regional))]
    public async Task Probes_AskPathsThatTheSiloServes(string path)
    {
        var source = Repository.Read("silo/OutbackUptime.Silo/Admin/AdminExtensions.cs");
        var silo = await SiloAsync(path);

        foreach (var (probe, expected) in new[] { ("startupProbe", "/healthz/live"), ("livenessProbe", "/healthz/live"), ("readinessProbe", "/healthz/ready") })
        {
            Assert.Equal(expected, silo.Main.At($"{probe}/httpGet/path")!.Text);
            Assert.Equal("admin", silo.Main.At($"{probe}/httpGet/port")!.Text);
            Assert.Contains($"MapGet(\"{expected}\"", source, StringComparison.Ordinal);
        }

        Assert.Contains("MapPrometheusScrapingEndpoint(\"/metrics\")", source, StringComparison.Ordinal);
    }

    [ToolTheory("kubectl")]
    [MemberData(nameof(Regional))]
    public async Task Grace_IsLongerThanTheDrain(string path)
    {
        var silo = await SiloAsync(path);
        var shutdown = int.Parse(ShutdownTimeout().Match(Repository.Read("silo/OutbackUptime.Silo/Hosting/SiloHost.cs")).Groups[1].Value);
        var preStop = silo.Main.At("lifecycle/preStop/sleep/seconds")!.Number;

        Assert.True(preStop > 0);
        Assert.True(silo.Pod["terminationGracePeriodSeconds"]!.Number > preStop + shutdown);
        Assert.True(TimeSpan.FromSeconds(shutdown) > new GiveBackOptions().DrainLimit);
    }

    [ToolTheory("kubectl")]
    [MemberData(nameof(Regional))]
    public async Task Region_HasTwoSilosOrMore_ApartAndOneAtATime(string path)
    {
        var objects = await new Overlay(path).RenderAsync();
        var silo = Workload.Named(objects, "silo");

        Assert.True(silo.Object.At("spec/replicas")!.Number >= 2);
        Assert.Equal(["kubernetes.io/hostname", "topology.kubernetes.io/zone"], silo.Pod["topologySpreadConstraints"]!.Items.Select(c => c["topologyKey"]!.Text).Order());
        Assert.Equal("1", Assert.Single(objects, o => o.Kind == "PodDisruptionBudget").At("spec/maxUnavailable")!.Text);
        Assert.Equal("0", silo.Object.At("spec/strategy/canary/maxUnavailable")!.Text);
    }

    [ToolTheory("kubectl")]
    [MemberData(nameof(Regional))]
    public async Task Canary_GoesByStepsAndIsJudgedByThreeTemplates(string path)
    {
        var objects = await new Overlay(path).RenderAsync();
        var canary = Workload.Named(objects, "silo").Object.At("spec/strategy/canary")!;

        Assert.Equal(["10", "2m", "50", "5m"], canary["steps"]!.Items.Select(s => s["setWeight"]?.Text ?? s.At("pause/duration")!.Text));
        var templates = canary.At("analysis/templates")!.Items.Select(t => t["templateName"]!.Text).ToList();
        Assert.Equal(["ingest-errors", "ingest-latency", "loss-ledger"], templates.Order());
        var given = canary.At("analysis/args")!.Items.Select(a => a["name"]!.Text).ToHashSet();
        foreach (var template in objects.Where(o => o.Kind == "AnalysisTemplate"))
        {
            var wanted = template.At("spec/args")!.Items.Select(a => a["name"]!.Text).ToList();
            Assert.Subset(given, wanted.ToHashSet());
            Assert.All(Argument().Matches(string.Join('\n', template.Leaves().Select(l => l.Value))), m => Assert.Contains(m.Groups[1].Value, wanted));
        }
    }

    [ToolTheory("kubectl")]
    [MemberData(nameof(Regional))]
    public async Task Names_BeginWithTheRegion_AndItsValuesFit(string path)
    {
        var overlay = new Overlay(path);
        var environment = (await SiloAsync(path)).Environment;

        Assert.Equal($"{overlay.Values["region"]}-$(POD_NAME)", environment["Silo__Name"]);
        Assert.Equal("$(POD_IP)", environment["Silo__Address"]);
        Assert.True(Enum.TryParse<Topology>(overlay.Values["topology"], ignoreCase: true, out var topology));
        Assert.Contains($"components/{topology.ToString().ToLowerInvariant()}\n", Repository.Read($"k8s/overlays/{overlay.Values["environment"]}/silo/kustomization.yaml"), StringComparison.Ordinal);
        Assert.Equal(new Silo.Clustering.MembershipOptions().TableName, overlay.Values["witness_table"]);
    }

    [ToolTheory("kubectl")]
    [MemberData(nameof(Environments))]
    public async Task Registry_IsGood_AndEachStationHasItsCertificate(string environment)
    {
        var objects = await new Overlay($"{environment}/sydney").RenderAsync();
        var json = objects.Single(o => o.Kind == "ConfigMap" && o.Name == "stations")["data"]!["stations.json"]!;

        var registry = RegistryFile.Parse("stations.json", System.Text.Encoding.UTF8.GetBytes(json.Text));

        Assert.Equal(["mel", "syd"], registry.Regions.Order());
        var uris = objects.Where(o => o.Kind == "Certificate").SelectMany(o => o.At("spec/uris")?.Items ?? []).Select(i => i.Text).ToList();
        Assert.Equal(registry.Stations.Select(s => StationIdentity.UriOf(s.Id)).Order(), uris.Order());
        var station = new Overlay($"{environment}/edge").Values;
        Assert.Equal(station["home_region"], registry.Stations.Single(s => s.Id == station["station"]).HomeRegion);
    }

    [ToolTheory("kubectl")]
    [MemberData(nameof(Environments))]
    public async Task Certificates_HaveTheNamesThatGatewaysAsk(string environment)
    {
        var asked = Workload.Named(await new Overlay($"{environment}/edge").RenderAsync(), "edge-gateway").Environment
            .Where(e => e.Key.Contains("Endpoints", StringComparison.Ordinal)).Select(e => (Region: e.Key.Split("__")[2], Url: new Uri(e.Value!))).ToList();

        Assert.Equal(4, asked.Count);
        foreach (var (place, region) in new[] { ("sydney", "syd"), ("melbourne", "mel") })
        {
            var objects = await new Overlay($"{environment}/{place}").RenderAsync();
            var names = objects.Single(o => o.Kind == "Certificate" && o.Name == "silo-uplink").At("spec/dnsNames")!.Items.Select(i => i.Text);
            Assert.Equal(names.Order(), asked.Where(a => a.Region == region).Select(a => a.Url.Host).Order());
            Assert.All(asked, a => Assert.Equal(new UplinkOptions().Port, a.Url.Port));
        }
    }

    private static async Task<Workload> SiloAsync(string path) => Workload.Named(await new Overlay(path).RenderAsync(), "silo");

    [GeneratedRegex(@"ShutdownTimeout = TimeSpan\.FromSeconds\((\d+)\)")]
    private static partial Regex ShutdownTimeout();

    [GeneratedRegex(@"\{\{args\.([\w-]+)\}\}")]
    private static partial Regex Argument();
}
