using OutbackUptime.Infra.Tests.Terraform;

namespace OutbackUptime.Infra.Tests.Layout;

/// <summary>k8s/overlays/ENVIRONMENT/FOLDER/cluster-values.yaml, a ConfigMap of plain strings.</summary>
internal static class ClusterValues
{
    public static string PathOf(string environment, string folder) => Repository.At("k8s", "overlays", environment, folder, "cluster-values.yaml");

    /// <summary>The lines below `data:`. Not a YAML reader: a value that needs one fails the comparison, and should.</summary>
    public static IReadOnlyDictionary<string, string> Read(string environment, string folder) => File.ReadLines(PathOf(environment, folder))
        .SkipWhile(line => line.TrimEnd() != "data:").Skip(1)
        .TakeWhile(line => line.Length == 0 || line[0] == ' ')
        .Select(line => line.Trim())
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split(':', 2))
        .ToDictionary(parts => parts[0], parts => parts[1].Trim().Trim('"'));
}
