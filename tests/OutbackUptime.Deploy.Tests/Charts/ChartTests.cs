using System.Text.RegularExpressions;
using OutbackUptime.Deploy.Tests.Rendering;

namespace OutbackUptime.Deploy.Tests.Charts;

/// <summary>The charts render what Kustomize renders. Their templates use two things of Helm, so that this can be checked without it.</summary>
public sealed partial class ChartTests
{
    private const string Image = "outback-uptime/test@sha256:0000000000000000000000000000000000000000000000000000000000000000";

    public static TheoryData<string> Charts => ["silo", "edge-gateway"];

    [ToolTheory("kubectl")]
    [MemberData(nameof(Charts))]
    public async Task Templates_AsWeReadHelm_RenderTheBase(string chart)
    {
        var rendered = Kustomization.Parse(Placeholder().Replace(Repository.Read($"k8s/charts/{chart}/templates/all.yaml"), m =>
            m.Groups["literal"].Success ? m.Groups["literal"].Value
            : m.Groups["quoted"].Success ? $"\"{Values(chart)[m.Groups["quoted"].Value]}\""
            : Values(chart)[m.Groups["value"].Value]));

        Assert.Equal(await BaseAsync(chart), Leaves(rendered));
    }

    [ToolTheory("helm")]
    [MemberData(nameof(Charts))]
    public async Task Templates_AsHelmReadsThem_RenderTheBase(string chart)
    {
        var (exit, output, errors) = await Tool.RunAsync("helm", ["template", "test", Repository.PathOf($"k8s/charts/{chart}"), "--set", $"image={Image}"]);

        Assert.True(exit == 0, errors);
        Assert.Equal(await BaseAsync(chart), Leaves(Kustomization.Parse(output)));
    }

    [ToolFact("kubectl")]
    public async Task Templates_AreWhatTheScriptMakesOfTheBases()
    {
        var (exit, output, errors) = await Tool.RunAsync("bash", [Repository.PathOf("hack/charts.sh"), "--check"]);

        Assert.True(exit == 0, output + errors);
    }

    [Theory]
    [MemberData(nameof(Charts))]
    public void Values_AreThoseThatTheTemplatesUse(string chart)
    {
        var used = Placeholder().Matches(Repository.Read($"k8s/charts/{chart}/templates/all.yaml")).SelectMany(m => new[] { m.Groups["quoted"].Value, m.Groups["value"].Value }).Where(n => n.Length > 0).Distinct();

        Assert.Equal(used.Order(), Values(chart).Keys.Order());
        Assert.Equal(chart, Kustomization.Parse(Repository.Read($"k8s/charts/{chart}/Chart.yaml")).Single()["name"]!.Text);
    }

    private static Dictionary<string, string> Values(string chart)
    {
        var values = Kustomization.Parse(Repository.Read($"k8s/charts/{chart}/values.yaml")).Single().Fields.ToDictionary(f => f.Key, f => f.Value.Text, StringComparer.Ordinal);
        values["image"] = Image;
        return values;
    }

    private static async Task<IReadOnlyList<string>> BaseAsync(string chart)
    {
        var objects = await Kustomization.RenderAsync($"k8s/base/{chart}", Values(chart));
        return Leaves(objects).Select(l => l.EndsWith($"= outback-uptime/{chart}", StringComparison.Ordinal) ? l.Replace($"= outback-uptime/{chart}", $"= {Image}", StringComparison.Ordinal) : l).Order(StringComparer.Ordinal).ToList();
    }

    private static IReadOnlyList<string> Leaves(IEnumerable<KubeObject> objects) =>
        [.. objects.SelectMany(o => o.Leaves().Select(l => $"{o.Id} {l.Path} = {l.Value}")).Order(StringComparer.Ordinal)];

    [GeneratedRegex("""\{\{ ("(?<literal>[^"]*)"|\.Values\.(?<quoted>\w+) \| quote|\.Values\.(?<value>\w+)) \}\}""")]
    private static partial Regex Placeholder();
}
