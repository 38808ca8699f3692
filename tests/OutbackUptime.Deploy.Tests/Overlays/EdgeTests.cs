using System.Globalization;
using OutbackUptime.Deploy.Tests.Rendering;
using OutbackUptime.EdgeGateway.Admin;
using OutbackUptime.EdgeGateway.Mqtt;

namespace OutbackUptime.Deploy.Tests.Overlays;

/// <summary>The station's workloads against the gateway's code and a Pi of 4 GB.</summary>
public sealed class EdgeTests
{
    private const long Gi = 1L << 30;
    private const long WriteAheadLog = 64L << 20;

    public static TheoryData<string> Edge => [.. Overlay.All.Except(Overlay.Regional)];

    [ToolTheory("kubectl")]
    [MemberData(nameof(Edge))]
    public async Task Ports_AreTheCodes(string path)
    {
        var gateway = await GatewayAsync(path);

        Assert.Equal(new MqttOptions().Port, gateway.Ports["mqtts"]);
        Assert.Equal(new AdminOptions().Port, gateway.Ports["admin"]);
    }

    [ToolTheory("kubectl")]
    [MemberData(nameof(Edge))]
    public async Task Probes_AreAnswered(string path)
    {
        var gateway = await GatewayAsync(path);

        foreach (var probe in new[] { "startupProbe", "livenessProbe", "readinessProbe" })
        {
            var answer = AdminPages.Answer($"GET {gateway.Main.At($"{probe}/httpGet/path")!.Text} HTTP/1.1", null!, null!);
            Assert.StartsWith("HTTP/1.1 200 OK", System.Text.Encoding.ASCII.GetString(answer), StringComparison.Ordinal);
        }
    }

    [ToolTheory("kubectl")]
    [MemberData(nameof(Edge))]
    public async Task Journal_FitsItsVolume(string path)
    {
        var gateway = await GatewayAsync(path);
        var volume = gateway.Object.At("spec/volumeClaimTemplates")!.Items.Single(v => v["metadata"]!["name"]!.Text == "journal").At("spec/resources/requests/storage")!.Text;

        var most = long.Parse(gateway.Environment["Journal__MaxBytes"]!, CultureInfo.InvariantCulture) + long.Parse(gateway.Environment["Journal__DamagedBytes"]!, CultureInfo.InvariantCulture) + WriteAheadLog;

        Assert.True(most <= Bytes(volume), $"{most} in {volume}");
        Assert.Equal("/var/lib/outback", gateway.Main["volumeMounts"]!.Items.Single(m => m["name"]!.Text == "journal")["mountPath"]!.Text);
        Assert.Equal("/var/lib/outback", gateway.Environment["Gateway__DataDirectory"]);
    }

    [ToolTheory("kubectl")]
    [MemberData(nameof(Edge))]
    public async Task Workloads_WithSkuppersRouter_FitTheQuota(string path)
    {
        var objects = await new Overlay(path).RenderAsync();
        var quotas = objects.Where(o => o.Kind == "ResourceQuota").ToDictionary(o => o.Namespace, o => o.At("spec/hard")!, StringComparer.Ordinal);
        var (quota, skuppers) = (quotas["outback-edge"], quotas["skupper"]);
        var each = objects.Single(o => o.Kind == "LimitRange" && o.Namespace == "skupper").At("spec/limits")!.Items.Single();
        // Router and adaptor, of the old pod and the new, and the controller: none brings limits of its own.
        const int Skuppers = (2 * 2) + 1;

        var containers = Workload.In(objects).SelectMany(w => w.Containers).ToList();
        var storage = Workload.In(objects).SelectMany(w => w.Object.At("spec/volumeClaimTemplates")?.Items ?? []).Sum(v => Bytes(v.At("spec/resources/requests/storage")!.Text));

        Assert.True(containers.Sum(c => Bytes(c.At("resources/limits/memory")!.Text)) <= Bytes(quota["limits.memory"]!.Text));
        Assert.True(containers.Sum(c => Bytes(c.At("resources/requests/memory")!.Text)) <= Bytes(quota["requests.memory"]!.Text));
        Assert.True(storage <= Bytes(quota["requests.storage"]!.Text));
        Assert.True(Skuppers * Bytes(each.At("default/memory")!.Text) <= Bytes(skuppers["limits.memory"]!.Text));
        Assert.True(Skuppers * Bytes(each.At("defaultRequest/memory")!.Text) <= Bytes(skuppers["requests.memory"]!.Text));
        Assert.True(Bytes(quota["limits.memory"]!.Text) + Bytes(skuppers["limits.memory"]!.Text) <= 5 * Gi / 4);
    }

    [ToolTheory("kubectl")]
    [MemberData(nameof(Edge))]
    public async Task Prometheus_ScrapesTheGatewayAndSendsToBothRegions(string path)
    {
        var objects = await new Overlay(path).RenderAsync();
        var config = Kustomization.Parse(objects.Single(o => o.Kind == "ConfigMap" && o.Name.StartsWith("prometheus-agent", StringComparison.Ordinal))["data"]!["prometheus.yml"]!.Text).Single();
        var service = objects.Single(o => o.Kind == "Service" && o.Name == "edge-gateway");

        Assert.Equal([$"{service.Name}:{service.At("spec/ports")!.Items.Single()["port"]!.Text}"], config["scrape_configs"]!.Items.Single()["static_configs"]!.Items.Single()["targets"]!.Items.Select(t => t.Text));
        var listeners = objects.Where(o => o.Kind == "Listener").Select(Address).ToHashSet();
        Assert.All(config["remote_write"]!.Items, w => Assert.Contains(new Uri(w["url"]!.Text).Authority, listeners));
        Assert.Equal(2, config["remote_write"]!.Items.Count());
    }

    [ToolTheory("kubectl")]
    [MemberData(nameof(Edge))]
    public async Task Skupper_ListensForWhatTheRegionsConnect(string path)
    {
        var listened = (await new Overlay(path).RenderAsync()).Where(o => o.Kind == "Listener").Select(o => o.At("spec/routingKey")!.Text).Order().ToList();
        var environment = path.Split('/')[0];

        List<string> connected = [];
        foreach (var place in new[] { "sydney", "melbourne" })
        {
            connected.AddRange((await new Overlay($"{environment}/{place}").RenderAsync()).Where(o => o.Kind is "Connector" or "AttachedConnectorBinding").Select(o => o.At("spec/routingKey")!.Text));
        }

        Assert.Equal(connected.Order(), listened);
    }

    [ToolTheory("kubectl")]
    [MemberData(nameof(Edge))]
    public async Task Gateway_AsksListenersOfTheOtherNamespace(string path)
    {
        var objects = await new Overlay(path).RenderAsync();
        var listeners = objects.Where(o => o.Kind == "Listener").Select(Address).ToHashSet();
        var bySkupper = (await GatewayAsync(path)).Environment.Where(e => e.Key.EndsWith("Endpoints__1", StringComparison.Ordinal)).Select(e => new Uri(e.Value!).Authority).ToList();

        Assert.Equal(2, bySkupper.Count);
        Assert.Subset(listeners, bySkupper.ToHashSet());
        var way = objects.Single(o => o.Kind == "NetworkPolicy" && o.Name == "to-skupper-router").At("spec/egress")!.Items.Single().At("to")!.Items.Single();
        Assert.Equal("skupper", way.At("namespaceSelector/matchLabels")!["kubernetes.io/metadata.name"]!.Text);
    }

    // The controller gives the router's pods no seccomp profile, so `restricted` refuses them.
    [ToolFact("kubectl")]
    public async Task Skupper_HasItsSitesWhereItsPodsMayRun()
    {
        var home = (await Kustomization.RenderAsync("k8s/platform/skupper")).Single(o => o.Kind == "Namespace");
        Assert.Equal("baseline", home.At("metadata/labels")!["pod-security.kubernetes.io/enforce"]!.Text);

        foreach (var path in Overlay.All)
        {
            var objects = await new Overlay(path).RenderAsync();
            Assert.Equal(home.Name, objects.Single(o => o.Kind == "Site").Namespace);
            Assert.All(objects.Where(o => o.Kind is "Listener" or "Link" or "AttachedConnectorBinding"), o => Assert.Equal(home.Name, o.Namespace));
            Assert.All(objects.Where(o => o.Kind == "AttachedConnector"), o => Assert.Equal(home.Name, o.At("spec/siteNamespace")!.Text));
            Assert.All(objects.Where(o => o.Kind == "SealedSecret" && o.Name.StartsWith("link-", StringComparison.Ordinal)), o => Assert.Equal(home.Name, o.Namespace));
        }
    }

    private static string Address(KubeObject listener) => $"{listener.At("spec/host")!.Text}.{listener.Namespace}.svc:{listener.At("spec/port")!.Text}";

    private static async Task<Workload> GatewayAsync(string path) => Workload.Named(await new Overlay(path).RenderAsync(), "edge-gateway");

    private static long Bytes(string quantity) => quantity switch
    {
        [.. var n, 'G', 'i'] => long.Parse(n, CultureInfo.InvariantCulture) * Gi,
        [.. var n, 'M', 'i'] => long.Parse(n, CultureInfo.InvariantCulture) << 20,
        _ => long.Parse(quantity, CultureInfo.InvariantCulture),
    };
}
