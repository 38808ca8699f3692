using System.Text.RegularExpressions;
using OutbackUptime.Deploy.Tests.Overlays;
using OutbackUptime.Deploy.Tests.Rendering;
using OutbackUptime.Silo.Registry;

namespace OutbackUptime.Deploy.Tests.Compose;

/// <summary>compose.yaml, as far as it can be known without Docker.</summary>
public sealed partial class ComposeTests
{
    // What the compose specification calls a service's fields, of those that are used here; anything else is a slip.
    private static readonly string[] s_fields =
    [
        "<<", "build", "cap_drop", "command", "depends_on", "env_file", "environment", "healthcheck", "hostname", "image", "mem_limit", "networks", "ports", "read_only", "security_opt", "stop_grace_period",
        "tmpfs", "ulimits", "user", "volumes",
    ];

    private static readonly KubeObject s_file = Kustomization.Parse(Repository.Read("compose.yaml")).Single();

    private static readonly Dictionary<string, KubeObject> s_services = s_file["services"]!.Fields.ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);

    [Fact]
    public void Services_AreWhatTheSystemIsMadeOf() => Assert.Superset(
        new HashSet<string> { "clickhouse-syd", "clickhouse-mel", "azurite", "silo-syd", "silo-mel", "gateway", "mosquitto", "hubs", "prometheus", "grafana", "loki", "tempo", "otel-collector" },
        s_services.Keys.ToHashSet());

    [Fact]
    public void Services_HaveKnownFieldsAndOneAnother()
    {
        foreach (var (name, service) in s_services)
        {
            Assert.All(service.Fields, f => Assert.True(s_fields.Contains(f.Key), $"{name}: {f.Key}"));
            var dependencies = Field(service, "depends_on") is { } d ? d.Items.Select(i => i.Text).Concat(d.Fields.Select(f => f.Key)) : [];
            Assert.All(dependencies, d => Assert.Contains(d, s_services.Keys));
            Assert.NotNull(Field(service, "mem_limit"));
        }
    }

    [Fact]
    public void Images_AreOursOrPinned()
    {
        foreach (var (name, service) in s_services)
        {
            var image = Field(service, "image")!.Text;
            Assert.True(Field(service, "build") is { } build ? image.StartsWith("outback-uptime/", StringComparison.Ordinal) && File.Exists(Repository.PathOf(build["dockerfile"]!.Text)) : Pinned().IsMatch(image), $"{name}: {image}");
        }
    }

    [Fact]
    public void Stores_AreTheClustersVersion()
    {
        var deployed = StoreImage().Match(Repository.Read("k8s/platform/clickhouse/store/base/installation.yaml")).Value;

        Assert.Contains("@sha256:", deployed, StringComparison.Ordinal);
        Assert.All(["clickhouse-syd", "clickhouse-mel"], store => Assert.Equal($"docker.io/{deployed}", Field(s_services[store], "image")!.Text));
        Assert.Equal(2, Repository.Read("k8s/overlays/local/stores.yaml").Split($"image: docker.io/{deployed}").Length - 1);
    }

    [Fact]
    public void Ports_AreOpenOnThisMachineOnly() =>
        Assert.All(s_services.Values.SelectMany(s => Field(s, "ports")?.Items ?? []), p => Assert.StartsWith("127.0.0.1:", p.Text, StringComparison.Ordinal));

    [Fact]
    public void Volumes_AreThere()
    {
        var named = s_file["volumes"]!.Fields.Select(f => f.Key).ToHashSet();
        foreach (var source in s_services.Values.SelectMany(s => Field(s, "volumes")?.Items ?? []).Select(v => v.Text.Split(':')[0]))
        {
            // .outback/compose is made by hack/compose-up.sh.
            Assert.True(
                named.Contains(source) || (source.StartsWith("./.outback/compose/", StringComparison.Ordinal) && Repository.Read("hack/compose-up.sh").Contains(source.Split('/')[^1], StringComparison.Ordinal)) || Path.Exists(Repository.PathOf(source)),
                source);
        }
    }

    [Theory]
    [InlineData("silo-syd")]
    [InlineData("silo-mel")]
    public void Silos_TakeTheirSettings(string name) => SettingsTests.BindSilo(Environment(name));

    [Fact]
    public void Gateway_TakesItsSettings() => SettingsTests.BindGateway(Environment("gateway"));

    [Fact]
    public void Prometheus_ScrapesServicesByTheirPorts()
    {
        var targets = Kustomization.Parse(Repository.Read("hack/compose/prometheus.yml")).Single()["scrape_configs"]!.Items.SelectMany(j => j["static_configs"]!.Items).SelectMany(c => c["targets"]!.Items).Select(t => t.Text.Split(':')).ToList();

        Assert.All(targets, t => Assert.Contains(t[0], s_services.Keys));
        Assert.All(targets.Where(t => t[0].StartsWith("silo", StringComparison.Ordinal)), t => Assert.Equal($"{new Silo.Admin.AdminOptions().Port}", t[1]));
        Assert.Equal($"{new EdgeGateway.Admin.AdminOptions().Port}", targets.Single(t => t[0] == "gateway")[1]);
    }

    [Fact]
    public void Registry_HasTheSimulatorsHubs()
    {
        var registry = RegistryFile.Load(Repository.PathOf("hack/compose/stations.json"));

        var station = Assert.Single(registry.Stations);
        Assert.Equal(Environment("gateway")["Gateway__Station"], station.Id);
        Assert.Equal(Loop().Match(Repository.Read("hack/compose-up.sh")).Groups[1].Value.Split(' '), station.Hubs.Select(h => h.Id).Order());
    }

    private static Dictionary<string, string?> Environment(string service)
    {
        Dictionary<string, string?> all = [];
        foreach (var layer in Layers(s_services[service]["environment"]!))
        {
            foreach (var (key, value) in layer.Fields.Where(f => f.Key != "<<"))
            {
                all.TryAdd(key, value.Text);
            }
        }

        return all;
    }

    // A field of a service, or of what it takes over (YAML's `<<`).
    private static KubeObject? Field(KubeObject service, string name) => Layers(service).Select(l => l[name]).FirstOrDefault(f => f is not null);

    private static IEnumerable<KubeObject> Layers(KubeObject mapping) => mapping["<<"] is { } more ? new[] { mapping }.Concat(Layers(more)) : [mapping];

    [GeneratedRegex("^[a-z0-9./-]+:[A-Za-z0-9.-]+@sha256:[0-9a-f]{64}$")]
    private static partial Regex Pinned();

    [GeneratedRegex("clickhouse/clickhouse-server:[^ \\n]+")]
    private static partial Regex StoreImage();

    [GeneratedRegex("for id in ([a-z0-9 -]+); do")]
    private static partial Regex Loop();
}
