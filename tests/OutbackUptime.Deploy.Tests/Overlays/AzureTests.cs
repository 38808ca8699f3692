using OutbackUptime.Deploy.Tests.Rendering;

namespace OutbackUptime.Deploy.Tests.Overlays;

/// <summary>What AKS must be told.</summary>
public sealed class AzureTests
{
    public static TheoryData<string> Environments => [.. Overlay.Environments];

    [ToolTheory("kubectl")]
    [MemberData(nameof(Environments))]
    public async Task Pods_KeepTheirAddressesOnTheWayToThePeer(string environment)
    {
        var overlay = new Overlay($"{environment}/melbourne");
        var config = (await overlay.RenderAsync()).Single(o => o.Kind == "ConfigMap" && o.Name == "azure-ip-masq-agent-config");

        var ranges = Kustomization.Parse(config["data"]!["ip-masq-agent"]!.Text).Single()["nonMasqueradeCIDRs"]!.Items.Select(i => i.Text).ToList();

        Assert.Equal("kube-system", config.Namespace);
        Assert.All(["peer_network_cidr", "peer_pod_cidr", "network_cidr", "pod_cidr"], key => Assert.Contains(overlay.Values[key], ranges));
    }

    [ToolFact("kubectl")]
    public async Task Uplink_HasTheNameThatDnsIsGiven()
    {
        var overlay = new Overlay("prod/melbourne");
        var label = (await overlay.RenderAsync()).Single(o => o.Kind == "Service" && o.Name == "silo-uplink").At("metadata/annotations")!["service.beta.kubernetes.io/azure-dns-label-name"]!.Text;

        Assert.Contains($"\"{label}.{overlay.Values["cloud_region"]}.cloudapp.azure.com\"", Repository.Read("infra/terraform/dns/example.tfvars"), StringComparison.Ordinal);
    }
}
