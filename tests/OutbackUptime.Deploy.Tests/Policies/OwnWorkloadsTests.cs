using System.Text.RegularExpressions;
using OutbackUptime.Deploy.Tests.Overlays;
using OutbackUptime.Deploy.Tests.Rendering;

namespace OutbackUptime.Deploy.Tests.Policies;

/// <summary>What we deploy ourselves would get past our own policies, once the pipeline has scanned its images.</summary>
public sealed partial class OwnWorkloadsTests
{
    public static TheoryData<string, string> Rendered
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var path in Overlay.All)
            {
                data.Add(path, $"k8s/overlays/{path}");
            }

            foreach (var part in new[] { "clickhouse/jobs", "clickhouse/store/aws" })
            {
                data.Add("prod/sydney", $"k8s/platform/{part}");
            }

            data.Add("prod/melbourne", "k8s/platform/clickhouse/store/azure");
            return data;
        }
    }

    [ToolTheory("kubectl"), MemberData(nameof(Rendered))]
    public async Task Workloads_PassEveryPolicy(string values, string folder)
    {
        var objects = (await Kustomization.RenderAsync(folder, new Overlay(values).Values)).SelectMany(WithPods).ToList();

        var looked = Check(objects);

        Assert.True(looked > 0);
    }

    // The restore test's server is in a ConfigMap until the test applies it.
    [Fact]
    public void ScratchServer_PassesEveryPolicy() =>
        Assert.True(Check(Kustomization.Parse(Repository.Read("k8s/platform/velero/restore-test/base/scratch.yaml"))) > 0);

    [Fact]
    public void ScratchServer_IsOfTheStoresImage()
    {
        var store = Image().Matches(Repository.Read("k8s/platform/clickhouse/store/base/installation.yaml"));
        var scratch = Image().Matches(Repository.Read("k8s/platform/velero/restore-test/base/scratch.yaml"));

        Assert.Equal(store.Single().Value, scratch.Single().Value);
    }

    private static int Check(IReadOnlyList<KubeObject> objects)
    {
        var digests = objects.SelectMany(o => o.Leaves()).SelectMany(l => Digest().Matches(l.Value)).Select(m => m.Value).ToArray();
        var looked = 0;
        foreach (var policy in Policy.All.Select(Policy.Of))
        {
            foreach (var candidate in objects.Where(policy.Matches))
            {
                looked++;
                var violations = policy.Name == "image-must-be-scanned" ? policy.Violations(candidate, digests) : policy.Violations(candidate);
                Assert.True(violations.Count == 0, $"{policy.Name}: {candidate.Id}: {string.Join("; ", violations)}");
            }
        }

        return looked;
    }

    // An operator makes the pods of its own kinds: those of a ClickHouseInstallation are in its templates.
    private static IEnumerable<KubeObject> WithPods(KubeObject made) => made.Kind != "ClickHouseInstallation"
        ? [made]
        : made.At("spec/templates/podTemplates")!.Items.Select(t => Kustomization.Parse($"apiVersion: v1\nkind: Pod\nmetadata: {{name: {t["name"]!.Text}, namespace: {made.Namespace}}}\nspec: {Json(t["spec"]!)}").Single());

    private static string Json(KubeObject value) => System.Text.Json.JsonSerializer.Serialize(Rego.RegoValue.Of(value));

    [GeneratedRegex("sha256:[0-9a-f]{64}")]
    private static partial Regex Digest();

    [GeneratedRegex(@"image: clickhouse/\S+")]
    private static partial Regex Image();
}
