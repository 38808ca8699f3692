using OutbackUptime.Deploy.Tests.Overlays;
using OutbackUptime.Deploy.Tests.Rendering;

namespace OutbackUptime.Deploy.Tests.Flux;

/// <summary>The tree of k8s/flux, for every cluster.</summary>
public sealed class FluxTests
{
    /// <summary>To be chosen when a cluster is made, so in no cluster's parts (their files say so).</summary>
    private static readonly string[] s_optional = ["k8s/platform/cilium", "k8s/platform/spire"];

    public static TheoryData<string> Clusters => [.. Overlay.All];

    [ToolTheory("kubectl"), MemberData(nameof(Clusters))]
    public async Task DependsOn_NamesPartsThatAreThere_AndHasNoCycle(string path)
    {
        var parts = await new FluxCluster(path).PartsAsync();
        var ready = new HashSet<string>(StringComparer.Ordinal);

        Assert.All(parts.Values, p => Assert.Subset(parts.Keys.ToHashSet(), FluxCluster.Needs(p).ToHashSet()));
        while (parts.Values.FirstOrDefault(p => !ready.Contains(p.Name) && FluxCluster.Needs(p).All(ready.Contains)) is { } next)
        {
            ready.Add(next.Name);
        }

        Assert.True(ready.Count == parts.Count, $"wait for each other: {string.Join(", ", parts.Keys.Except(ready))}");
    }

    [ToolTheory("kubectl"), MemberData(nameof(Clusters))]
    public async Task EveryPart_HasAFolderAndIsPrunedAndSubstituted(string path)
    {
        var parts = await new FluxCluster(path).PartsAsync();

        Assert.All(parts.Values, p =>
        {
            Assert.True(File.Exists(Repository.PathOf($"{FluxCluster.FolderOf(p)}/kustomization.yaml")), $"{p.Name}: {FluxCluster.FolderOf(p)} is no kustomization");
            Assert.Equal("true", p.At("spec/prune")?.Text);
            Assert.Equal("outback-uptime", p.At("spec/sourceRef/name")?.Text);
            Assert.Equal("cluster-values", p.At("spec/postBuild/substituteFrom")?.Items.Single()["name"]!.Text);
        });
        Assert.Equal($"k8s/overlays/{path}", FluxCluster.FolderOf(parts[path.EndsWith("/edge", StringComparison.Ordinal) ? "gateway" : "silo"]));
    }

    // What an operator makes of its own kind has that operator's name.
    [ToolTheory("kubectl"), MemberData(nameof(Clusters))]
    public async Task HealthChecks_AskForWhatThePartApplies(string path)
    {
        var cluster = new FluxCluster(path);
        foreach (var part in (await cluster.PartsAsync()).Values)
        {
            var applied = (await FluxCluster.RenderPartAsync(part)).Select(o => o.Id).ToHashSet(StringComparer.Ordinal);
            foreach (var check in part.At("spec/healthChecks")?.Items ?? [])
            {
                var id = $"{check["kind"]!.Text}/{check["namespace"]!.Text}/{check["name"]!.Text}";
                Assert.True(applied.Contains(id) || id == "StatefulSet/clickhouse/chi-outback-outback-0-0", $"{part.Name} waits for {id}, which it does not apply");
            }
        }
    }

    [ToolTheory("kubectl"), MemberData(nameof(Clusters))]
    public async Task EveryRelease_IsPinned_AndItsSourceIsThere(string path)
    {
        var cluster = new FluxCluster(path);
        var objects = await cluster.RenderAsync();
        var sources = objects.Where(o => o.Kind is "HelmRepository" or "OCIRepository").Select(o => $"{o.Kind}/{o.Name}").Append("GitRepository/outback-uptime").ToHashSet(StringComparer.Ordinal);
        foreach (var part in (await cluster.PartsAsync()).Values)
        {
            foreach (var release in (await FluxCluster.RenderPartAsync(part)).Where(o => o.Kind == "HelmRelease"))
            {
                var source = release.At("spec/chartRef") ?? release.At("spec/chart/spec/sourceRef")!;
                Assert.Contains($"{source["kind"]!.Text}/{source["name"]!.Text}", sources);
                if (source["kind"]!.Text == "HelmRepository")
                {
                    Assert.Matches(@"^\d+\.\d+\.\d+$", release.At("spec/chart/spec/version")!.Text);
                }
            }
        }

        Assert.All(objects.Where(o => o.Kind == "OCIRepository"), o => Assert.Matches(@"^v?\d+\.\d+\.\d+$", o.At("spec/ref/tag")!.Text));
    }

    // Flux puts nothing in for a name that it doesn't know.
    [ToolTheory("kubectl"), MemberData(nameof(Clusters))]
    public async Task EveryVariable_OfEveryPart_HasAValueOrADefault(string path)
    {
        var cluster = new FluxCluster(path);
        foreach (var part in (await cluster.PartsAsync()).Values)
        {
            foreach (var applied in (await FluxCluster.RenderPartAsync(part)).Where(o => !IsNotSubstituted(o)))
            {
                foreach (var (_, value) in applied.Leaves())
                {
                    Kustomization.Substitute(value, cluster.Values, $"{part.Name}: {applied.Id}");
                }
            }
        }
    }

    [ToolFact("kubectl")]
    public async Task EveryFolderOfThePlatform_IsAppliedSomewhere_OrSaysThatItIsOptional()
    {
        var applied = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in Overlay.All)
        {
            applied.UnionWith((await new FluxCluster(path).PartsAsync()).Values.Select(FluxCluster.FolderOf));
        }

        // A base is included by those that differ by their cloud.
        var folders = Repository.Find("k8s/platform", "kustomization.yaml").Select(p => Path.GetDirectoryName(p)!)
            .Where(f => !f.EndsWith("/base", StringComparison.Ordinal) && f != "k8s/platform/release").ToList();

        Assert.Equal(folders.Except(s_optional).Order(), applied.Where(f => f.StartsWith("k8s/platform", StringComparison.Ordinal)).Order());
        Assert.All(s_optional, f => Assert.Contains("# Optional:", string.Concat(Repository.Find(f, "*.yaml").Select(Repository.Read)), StringComparison.Ordinal));
    }

    [ToolFact("kubectl")]
    public async Task Regions_HaveTheSameParts()
    {
        foreach (var environment in Overlay.Environments)
        {
            var sydney = await new FluxCluster($"{environment}/sydney").PartsAsync();
            var melbourne = await new FluxCluster($"{environment}/melbourne").PartsAsync();

            Assert.Equal(sydney.Keys.Order(), melbourne.Keys.Order());
            Assert.Equal(environment == "dev", sydney.ContainsKey("drills"));
        }
    }

    [Fact]
    public void Root_LeadsToTheClustersFolderAndItsValues()
    {
        foreach (var path in Overlay.All)
        {
            var split = path.Split('/');
            var root = Kustomization.Parse(Kustomization.Substitute(Repository.Read("k8s/flux/root.yaml"), new Dictionary<string, string>(StringComparer.Ordinal) { ["environment"] = split[0], ["cluster"] = split[1] }, "root.yaml"));
            var parts = root.Where(o => o.Kind == "Kustomization").ToDictionary(o => o.Name, FluxCluster.FolderOf, StringComparer.Ordinal);

            Assert.True(File.Exists(Repository.PathOf($"{parts["root"]}/kustomization.yaml")), parts["root"]);
            Assert.True(File.Exists(Repository.PathOf($"{parts["cluster-values"]}/cluster-values.yaml")), parts["cluster-values"]);
        }
    }

    private static bool IsNotSubstituted(KubeObject o) => o.At("metadata/annotations")?.Fields.Any(f => f.Key == "kustomize.toolkit.fluxcd.io/substitute" && f.Value.Text == "disabled") == true;
}
