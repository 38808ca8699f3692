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
        var quota = objects.Single(o => o.Kind == "ResourceQuota").At("spec/hard")!;
        // The router and the controller beside it bring no limits of their own: the LimitRange's.
        var router = 2 * Bytes(objects.Single(o => o.Kind == "LimitRange").At("spec/limits")!.Items.Single().At("default/memory")!.Text);

        var containers = Workload.In(objects).SelectMany(w => w.Containers).ToList();
        var storage = Workload.In(objects).SelectMany(w => w.Object.At("spec/volumeClaimTemplates")?.Items ?? []).Sum(v => Bytes(v.At("spec/resources/requests/storage")!.Text));

        Assert.True(containers.Sum(c => Bytes(c.At("resources/limits/memory")!.Text)) + router <= Bytes(quota["limits.memory"]!.Text));
        Assert.True(containers.Sum(c => Bytes(c.At("resources/requests/memory")!.Text)) + router <= Bytes(quota["requests.memory"]!.Text));
        Assert.True(storage <= Bytes(quota["requests.storage"]!.Text));
        Assert.True(Bytes(quota["limits.memory"]!.Text) <= 1 * Gi);
    }

    [ToolTheory("kubectl")]
    [MemberData(nameof(Edge))]
    public async Task Prometheus_ScrapesTheGatewayAndSendsToBothRegions(string path)
    {
        var objects = await new Overlay(path).RenderAsync();
        var config = Kustomization.Parse(objects.Single(o => o.Kind == "ConfigMap" && o.Name.StartsWith("prometheus-agent", StringComparison.Ordinal))["data"]!["prometheus.yml"]!.Text).Single();
        var service = objects.Single(o => o.Kind == "Service" && o.Name == "edge-gateway");

        Assert.Equal([$"{service.Name}:{service.At("spec/ports")!.Items.Single()["port"]!.Text}"], config["scrape_configs"]!.Items.Single()["static_configs"]!.Items.Single()["targets"]!.Items.Select(t => t.Text));
        var listeners = objects.Where(o => o.Kind == "Listener").Select(o => $"{o.At("spec/host")!.Text}:{o.At("spec/port")!.Text}").ToHashSet();
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

    private static async Task<Workload> GatewayAsync(string path) => Workload.Named(await new Overlay(path).RenderAsync(), "edge-gateway");

    private static long Bytes(string quantity) => quantity switch
    {
        [.. var n, 'G', 'i'] => long.Parse(n, CultureInfo.InvariantCulture) * Gi,
        [.. var n, 'M', 'i'] => long.Parse(n, CultureInfo.InvariantCulture) << 20,
        _ => long.Parse(quantity, CultureInfo.InvariantCulture),
    };
}
