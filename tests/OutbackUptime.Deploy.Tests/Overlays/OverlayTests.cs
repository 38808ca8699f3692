using System.Text.RegularExpressions;
using OutbackUptime.Deploy.Tests.Rendering;

namespace OutbackUptime.Deploy.Tests.Overlays;

/// <summary>What every rendered overlay must be.</summary>
public sealed partial class OverlayTests
{
    public static TheoryData<string> All => [.. Overlay.All, .. Overlay.Alternatives];

    [ToolTheory("kubectl")]
    [MemberData(nameof(All))]
    public async Task Render_KnowsEveryValue(string path)
    {
        var overlay = new Overlay(path);

        var objects = await overlay.RenderAsync();

        Assert.NotEmpty(objects);
        var names = Kustomization.VariablesOf(string.Join('\n', (await overlay.RenderRawAsync()).SelectMany(o => o.Leaves()).Select(l => l.Value))).ToHashSet();
        Assert.Empty(names.Except(overlay.Values.Keys)); // also of those with a default
        Assert.All(objects.SelectMany(o => o.Leaves()), leaf => Assert.DoesNotContain("${", leaf.Value, StringComparison.Ordinal));
    }

    [ToolTheory("kubectl")]
    [MemberData(nameof(All))]
    public async Task Objects_SayWhoseTheyAre(string path)
    {
        var objects = await new Overlay(path).RenderAsync();

        Assert.All(objects, o => Assert.True(o.At("metadata/labels")?["team"]?.Text == "outback-uptime", o.Id));
        Assert.All(Workload.In(objects), w => Assert.Equal("outback-uptime", w.Labels["team"]));
        Assert.Equal(objects.Count, objects.Select(o => o.Id).Distinct().Count());
    }

    [ToolTheory("kubectl")]
    [MemberData(nameof(All))]
    public async Task Images_ArePinnedByDigest(string path)
    {
        var images = Workload.In(await new Overlay(path).RenderAsync()).SelectMany(w => w.Containers).Select(c => c["image"]!.Text).ToList();

        Assert.NotEmpty(images);
        Assert.All(images, image => Assert.Matches(Pinned(), image));
    }

    [ToolTheory("kubectl")]
    [MemberData(nameof(All))]
    public async Task Secrets_AreNoneInTheClear(string path)
    {
        var objects = await new Overlay(path).RenderAsync();

        Assert.DoesNotContain(objects, o => o.Kind == "Secret");
        foreach (var (_, value) in objects.Where(o => o.Kind == "SealedSecret").SelectMany(o => o.At("spec/encryptedData")!.Fields))
        {
            // Sealed, or what the controller refuses.
            Assert.True(value.Text == "UNSEALED" || Sealed().IsMatch(value.Text), value.Text);
        }
    }

    [ToolTheory("kubectl")]
    [MemberData(nameof(All))]
    public async Task Pods_AreRestricted(string path)
    {
        foreach (var workload in Workload.In(await new Overlay(path).RenderAsync()))
        {
            var id = workload.Object.Id;
            var security = workload.Pod["securityContext"]!;
            Assert.True(security["runAsNonRoot"]?.Text == "true", id);
            Assert.True(security.At("seccompProfile/type")?.Text == "RuntimeDefault", id);
            Assert.True(workload.Pod["automountServiceAccountToken"]?.Text == "false", id);
            Assert.Null(workload.Pod["hostNetwork"]);
            Assert.DoesNotContain(workload.Pod["volumes"]!.Items, v => v["hostPath"] is not null);
            Assert.All(workload.Containers, c =>
            {
                Assert.True(c.At("securityContext/readOnlyRootFilesystem")?.Text == "true", id);
                Assert.True(c.At("securityContext/allowPrivilegeEscalation")?.Text == "false", id);
                Assert.Equal(["ALL"], c.At("securityContext/capabilities/drop")!.Items.Select(i => i.Text));
                Assert.NotNull(c.At("resources/requests/cpu"));
                Assert.NotNull(c.At("resources/limits/memory"));
                Assert.NotNull(c["readinessProbe"]);
                Assert.NotNull(c["livenessProbe"]);
            });
        }
    }

    [ToolTheory("kubectl")]
    [MemberData(nameof(All))]
    public async Task Selectors_FindTheirPodsAndPorts(string path)
    {
        var objects = await new Overlay(path).RenderAsync();
        var workloads = Workload.In(objects).ToList();

        foreach (var service in objects.Where(o => o.Kind == "Service"))
        {
            var workload = Assert.Single(workloads, w => service.At("spec/selector")!.Fields.All(f => w.Labels.GetValueOrDefault(f.Key) == f.Value.Text));
            foreach (var port in service.At("spec/ports")!.Items)
            {
                var target = port["targetPort"]!.Text;
                Assert.True(workload.Ports.TryGetValue(target, out var number), $"{service.Id}: {target}");
                Assert.Equal(number, port["port"]!.Number);
            }
        }

        foreach (var (id, port) in objects.Where(o => o.Kind == "NetworkPolicy").SelectMany(o => o.Descend().Where(d => d["port"] is not null).Select(d => (o.Id, d["port"]!.Text))))
        {
            Assert.True(int.TryParse(port, out _) || workloads.Exists(w => w.Ports.ContainsKey(port)), $"{id}: {port}");
        }
    }

    [ToolTheory("kubectl")]
    [MemberData(nameof(All))]
    public async Task SecretKeys_AreMadeByTheSetItself(string path)
    {
        var objects = await new Overlay(path).RenderAsync();
        var made = Made(objects).ToHashSet();

        foreach (var workload in Workload.In(objects))
        {
            Assert.All(Wanted(workload), want => Assert.True(made.Contains(want), $"{workload.Object.Id} wants {want.Key} of {want.Secret}, which nothing here makes"));
        }
    }

    private static IEnumerable<(string Secret, string Key)> Made(IEnumerable<KubeObject> objects) => objects.SelectMany(o => o.Kind switch
    {
        "ExternalSecret" => o.At("spec/data")!.Items.Select(d => (o.At("spec/target/name")!.Text, d["secretKey"]!.Text)),
        "SealedSecret" => o.At("spec/encryptedData")!.Fields.Select(f => (o.Name, f.Key)),
        "Certificate" => new[] { "tls.crt", "tls.key", "ca.crt" }.Select(key => (o.At("spec/secretName")!.Text, key)),
        _ => [],
    });

    private static IEnumerable<(string Secret, string Key)> Wanted(Workload workload)
    {
        foreach (var reference in workload.Containers.SelectMany(c => c["env"]?.Items ?? []).Select(e => e.At("valueFrom/secretKeyRef")).OfType<KubeObject>())
        {
            yield return (reference["name"]!.Text, reference["key"]!.Text);
        }

        foreach (var volume in workload.Pod["volumes"]!.Items.Where(v => v["secret"] is not null))
        {
            var secret = volume.At("secret/secretName")!.Text;
            foreach (var item in volume.At("secret/items")?.Items ?? [])
            {
                yield return (secret, item["key"]!.Text);
            }

            // Of a volume without a list every file that a setting names.
            if (volume.At("secret/items") is null)
            {
                var mount = workload.Main["volumeMounts"]!.Items.Single(m => m["name"]!.Text == volume["name"]!.Text)["mountPath"]!.Text + "/";
                foreach (var file in workload.Main["env"]?.Items.Select(e => e["value"]?.Text).OfType<string>().Where(v => v.StartsWith(mount, StringComparison.Ordinal)) ?? [])
                {
                    yield return (secret, file[mount.Length..]);
                }
            }
        }
    }

    [GeneratedRegex("^[a-z0-9./-]+(:[a-z0-9.-]+)?@sha256:[0-9a-f]{64}$")]
    private static partial Regex Pinned();

    [GeneratedRegex("^Ag[A-Za-z0-9+/]{200,}=*$")]
    private static partial Regex Sealed();
}
