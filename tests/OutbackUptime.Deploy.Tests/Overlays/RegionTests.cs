using System.Net;
using System.Text.RegularExpressions;
using OutbackUptime.Deploy.Tests.Rendering;

namespace OutbackUptime.Deploy.Tests.Overlays;

/// <summary>Two regions, one set of manifests.</summary>
public sealed partial class RegionTests
{
    /// <summary>The contract with Terraform's output `cluster_values` and with Flux.</summary>
    private static readonly string[] s_keys =
    [
        "environment", "region", "region_name", "cloud", "cloud_region", "cluster_name", "network_cidr", "pod_cidr", "service_cidr", "peer_region", "peer_network_cidr", "peer_pod_cidr", "registry",
        "backup_bucket", "cold_bucket", "silo_identity", "clickhouse_identity", "velero_identity", "vault_identity", "witness_account", "witness_table", "ingest_host",
        "vault_host", "rotation_day", "topology",
    ];

    /// <summary>How silos outside Azure reach the witness; in Azure their own identity does.</summary>
    private static readonly string[] s_keysOutsideAzure = ["witness_identity", "witness_tenant"];

    /// <summary>The values that are the same in both regions of an environment.</summary>
    private static readonly string[] s_shared = ["environment", "witness_account", "witness_table", "vault_host", "topology"];

    /// <summary>What the clouds need, and nothing else: `Kind name path` of components aws and azure.</summary>
    private static readonly string[] s_clouds =
    [
        "Namespace outback /metadata/labels/elbv2.k8s.aws/pod-readiness-gate-inject",
        "ServiceAccount silo /metadata/annotations/",
        "Service silo-uplink /metadata/annotations/",
        "Rollout silo /spec/template/metadata/labels/azure.workload.identity/use",
        "Rollout silo /spec/template/spec/tolerations[", // of AKS' spot taint
        // A token for the witness and what says so, each the last of its list.
        "Rollout silo /spec/template/spec/containers[0]/env[",
        "Rollout silo /spec/template/spec/containers[0]/volumeMounts[",
        "Rollout silo /spec/template/spec/volumes[",
        "ConfigMap azure-ip-masq-agent-config ",
    ];

    public static TheoryData<string> Environments => [.. Overlay.Environments];

    [ToolTheory("kubectl")]
    [MemberData(nameof(Environments))]
    public async Task SydneyAndMelbourne_DifferInValuesAndInTheirCloudsOnly(string environment)
    {
        var sydney = Leaves(await new Overlay($"{environment}/sydney").RenderRawAsync());
        var melbourne = Leaves(await new Overlay($"{environment}/melbourne").RenderRawAsync());

        var differences = sydney.Except(melbourne).Concat(melbourne.Except(sydney)).Select(l => l.Path).ToList();

        Assert.NotEmpty(differences);
        Assert.All(differences, path => Assert.True(s_clouds.Any(c => path.StartsWith(c, StringComparison.Ordinal)), path));
        Assert.Equal(
            ["AZURE_CLIENT_ID", "AZURE_FEDERATED_TOKEN_FILE", "AZURE_TENANT_ID"],
            sydney.Except(melbourne).Where(l => l.Path.Contains("/env[", StringComparison.Ordinal) && l.Path.EndsWith("/name", StringComparison.Ordinal)).Select(l => l.Value).Order());
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void Values_OfBothRegions_AreTheContracts(string environment)
    {
        var (sydney, melbourne) = (new Overlay($"{environment}/sydney").Values, new Overlay($"{environment}/melbourne").Values);

        Assert.Equal(s_keys.Concat(s_keysOutsideAzure).Order(), sydney.Keys.Order());
        Assert.Equal(s_keys.Order(), melbourne.Keys.Order());
        Assert.All(s_shared, key => Assert.Equal(sydney[key], melbourne[key]));
        Assert.Equal(environment, sydney["environment"]);
        Assert.Equal(("syd", "mel"), (sydney["region"], melbourne["region"]));
        Assert.NotEqual(sydney["rotation_day"], melbourne["rotation_day"]);
        foreach (var (own, peer) in new[] { (sydney, melbourne), (melbourne, sydney) })
        {
            Assert.Equal((peer["region"], peer["network_cidr"], peer["pod_cidr"]), (own["peer_region"], own["peer_network_cidr"], own["peer_pod_cidr"]));
        }
    }

    [Fact]
    public void Networks_OfAllClusters_DoNotOverlap()
    {
        var networks = Overlay.Regional.Select(p => new Overlay(p).Values).SelectMany(v => new[] { v["network_cidr"], v["pod_cidr"], v["service_cidr"] })
            .Concat(["10.42.0.0/16", "10.43.0.0/16"]).Select(IPNetwork.Parse).ToList(); // K3s' own

        for (var i = 0; i < networks.Count; i++)
        {
            Assert.All(networks.Skip(i + 1), other => Assert.False(networks[i].Contains(other.BaseAddress) || other.Contains(networks[i].BaseAddress), $"{networks[i]} and {other}"));
        }
    }

    [Fact]
    public void Base_NamesNoRegionOfItsOwn()
    {
        // The two stores and the uplink's two regions are named, by design, on every side alike.
        var text = string.Join('\n', Repository.Find("k8s/base", "*.yaml").Select(Repository.Read).SelectMany(t => t.Split('\n')).Where(l => !BothNamed().IsMatch(l)));

        Assert.DoesNotMatch(@"(?i)sydney|melbourne|ap-southeast|australia|\bsyd\b|\bmel\b|aws|azure\.(?!net)|eks|aks", text.Replace("table.core.windows.net", "", StringComparison.Ordinal).Replace("names of Azure", "", StringComparison.Ordinal));
    }

    private static HashSet<(string Path, string Value)> Leaves(IEnumerable<KubeObject> objects) =>
        [.. objects.SelectMany(o => o.Leaves().Select(l => ($"{o.Kind} {o.Name} {l.Path}", l.Value)))];

    [GeneratedRegex("Regions__(syd|mel)__|key: (syd|mel)|secretKey: (syd|mel)|stores_(syd|mel)|secretKeyRef|ingest_host_(syd|mel)")]
    private static partial Regex BothNamed();
}
