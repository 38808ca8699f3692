using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace OutbackUptime.Deploy.Tests.Rendering;

/// <summary>Renders folders with `kubectl kustomize` and puts the values of a cluster in, as Flux does (postBuild.substituteFrom).</summary>
internal static partial class Kustomization
{
    private static readonly ConcurrentDictionary<string, Task<string>> s_rendered = new(StringComparer.Ordinal);

    /// <summary>The objects of a folder below the repository, as they come out of kustomize.</summary>
    public static async Task<IReadOnlyList<KubeObject>> RenderAsync(string folder) => Parse(await s_rendered.GetOrAdd(folder, BuildAsync));

    /// <summary>The same with `${name}` and `${name:=default}` replaced. Throws for a name without a value.</summary>
    public static async Task<IReadOnlyList<KubeObject>> RenderAsync(string folder, IReadOnlyDictionary<string, string> values) =>
        Parse(Substitute(await s_rendered.GetOrAdd(folder, BuildAsync), values, folder));

    /// <summary>The names of a text's variables.</summary>
    public static IEnumerable<string> VariablesOf(string text) => Variable().Matches(text).Select(m => m.Groups["name"].Value);

    /// <summary>What Flux makes of a text; `$${name}` is left as `${name}`.</summary>
    public static string Substitute(string text, IReadOnlyDictionary<string, string> values, string what) => Variable().Replace(text, m =>
        values.TryGetValue(m.Groups["name"].Value, out var value) ? value
        : m.Groups["default"].Success ? m.Groups["default"].Value
        : throw new InvalidOperationException($"{what}: ${{{m.Groups["name"].Value}}} is in no cluster-values.yaml")).Replace("$${", "${", StringComparison.Ordinal);

    /// <summary>All documents of a YAML text.</summary>
    public static IReadOnlyList<KubeObject> Parse(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return [.. stream.Documents.Where(d => d.RootNode is YamlMappingNode).Select(d => new KubeObject(d.RootNode))];
    }

    private static async Task<string> BuildAsync(string folder)
    {
        var (exit, output, errors) = await Tool.RunAsync("kubectl", ["kustomize", Repository.PathOf(folder)]);
        return exit == 0 ? output : throw new InvalidOperationException($"kubectl kustomize {folder}: {errors}");
    }

    [GeneratedRegex(@"(?<!\$)\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(:=(?<default>[^}]*))?\}")]
    private static partial Regex Variable();
}
