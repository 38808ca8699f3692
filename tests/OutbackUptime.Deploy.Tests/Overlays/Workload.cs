using OutbackUptime.Deploy.Tests.Rendering;

namespace OutbackUptime.Deploy.Tests.Overlays;

/// <summary>What runs pods.</summary>
internal sealed record Workload(KubeObject Object)
{
    public KubeObject Pod => Object.At("spec/template/spec")!;

    public IReadOnlyDictionary<string, string> Labels => Object.At("spec/template/metadata/labels")!.Fields.ToDictionary(f => f.Key, f => f.Value.Text, StringComparer.Ordinal);

    public IEnumerable<KubeObject> Containers => Pod["containers"]!.Items;

    /// <summary>Of the workload's own program: the first container.</summary>
    public KubeObject Main => Containers.First();

    /// <summary>Its environment by name; a value from elsewhere is null.</summary>
    public IReadOnlyDictionary<string, string?> Environment => Main["env"]!.Items.ToDictionary(e => e["name"]!.Text, e => e["value"]?.Text, StringComparer.Ordinal);

    /// <summary>`name → number` of its ports.</summary>
    public IReadOnlyDictionary<string, int> Ports => Containers.SelectMany(c => c["ports"]?.Items ?? []).ToDictionary(p => p["name"]!.Text, p => p["containerPort"]!.Number, StringComparer.Ordinal);

    public static IEnumerable<Workload> In(IEnumerable<KubeObject> objects) => objects.Where(o => o.At("spec/template/spec/containers") is not null).Select(o => new Workload(o));

    public static Workload Named(IEnumerable<KubeObject> objects, string name) => In(objects).Single(w => w.Object.Name == name);
}
