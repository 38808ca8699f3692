using OutbackUptime.Deploy.Tests.Rendering;

namespace OutbackUptime.Deploy.Tests.Overlays;

/// <summary>A folder below k8s/overlays with the values of its cluster.</summary>
/// <param name="Path">E.g. `prod/sydney`.</param>
internal sealed record Overlay(string Path)
{
    private const string Root = "k8s/overlays/";

    /// <summary>Those that are deployed: `env/place`.</summary>
    public static IEnumerable<string> All => from environment in Environments from place in Places select $"{environment}/{place}";

    /// <summary>Of the clusters in the clouds.</summary>
    public static IEnumerable<string> Regional => All.Where(p => !p.EndsWith("/edge", StringComparison.Ordinal));

    /// <summary>What nobody deploys: the other mesh, the other topology.</summary>
    public static IEnumerable<string> Alternatives => ["alternatives/cells", "alternatives/istio"];

    public static IReadOnlyList<string> Environments => ["dev", "prod"];

    public static IReadOnlyList<string> Places => ["sydney", "melbourne", "edge"];

    public string Folder => Root + Path;

    /// <summary>Alternatives are rendered with dev's.</summary>
    public IReadOnlyDictionary<string, string> Values => Kustomization
        .Parse(Repository.Read(Root + (Path.StartsWith("alternatives", StringComparison.Ordinal) ? "dev/sydney" : Path) + "/cluster-values.yaml"))
        .Single()["data"]!.Fields.ToDictionary(f => f.Key, f => f.Value.Text, StringComparer.Ordinal);

    /// <summary>As the cluster gets it.</summary>
    public Task<IReadOnlyList<KubeObject>> RenderAsync() => Kustomization.RenderAsync(Folder, Values);

    /// <summary>Before values are put in.</summary>
    public Task<IReadOnlyList<KubeObject>> RenderRawAsync() => Kustomization.RenderAsync(Folder);
}
