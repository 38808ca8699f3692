using OutbackUptime.Deploy.Tests.Overlays;
using OutbackUptime.Deploy.Tests.Rendering;

namespace OutbackUptime.Deploy.Tests.Flux;

/// <summary>What Flux' root makes of a cluster: the parts with their paths and order.</summary>
/// <param name="Path">E.g. `prod/sydney`.</param>
internal sealed record FluxCluster(string Path)
{
    public IReadOnlyDictionary<string, string> Values => new Overlay(Path).Values;

    public async Task<IReadOnlyList<KubeObject>> RenderAsync() => await Kustomization.RenderAsync($"k8s/flux/clusters/{Path}", Values);

    /// <summary>Flux' Kustomizations by name.</summary>
    public async Task<IReadOnlyDictionary<string, KubeObject>> PartsAsync() =>
        (await RenderAsync()).Where(o => o.Kind == "Kustomization").ToDictionary(o => o.Name, o => o, StringComparer.Ordinal);

    /// <summary>What a part applies.</summary>
    public static async Task<IReadOnlyList<KubeObject>> RenderPartAsync(KubeObject part) => await Kustomization.RenderAsync(FolderOf(part));

    public static string FolderOf(KubeObject part) => part.At("spec/path")!.Text.TrimStart('.', '/');

    public static IEnumerable<string> Needs(KubeObject part) => (part.At("spec/dependsOn")?.Items ?? []).Select(d => d["name"]!.Text);
}
