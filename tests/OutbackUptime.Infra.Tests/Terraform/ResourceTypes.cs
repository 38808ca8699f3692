using System.Text.Json;
using System.Text.RegularExpressions;

namespace OutbackUptime.Infra.Tests.Terraform;

/// <summary>Types of the resources that Terraform makes.</summary>
internal static partial class ResourceTypes
{
    /// <summary>Of all resource blocks below a folder: at least what any plan holds.</summary>
    public static IReadOnlySet<string> InSource(string folder) => Directory
        .EnumerateFiles(folder, "*.tf", SearchOption.AllDirectories)
        .Where(file => !file.Contains(".terraform", StringComparison.Ordinal))
        .SelectMany(file => Block().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
        .ToHashSet();

    /// <summary>Of what a plan (`terraform show -json`) makes or changes.</summary>
    public static IReadOnlySet<string> InPlan(string json)
    {
        using var plan = JsonDocument.Parse(json);
        return plan.RootElement.GetProperty("resource_changes").EnumerateArray()
            .Where(change => change.GetProperty("mode").GetString() == "managed")
            .Where(change => change.GetProperty("change").GetProperty("actions").EnumerateArray().Any(action => action.GetString() is "create" or "update"))
            .Select(change => change.GetProperty("type").GetString()!)
            .ToHashSet();
    }

    [GeneratedRegex("""^resource\s+"([a-z0-9_]+)"\s+"[^"]+"\s*\{""", RegexOptions.Multiline)]
    private static partial Regex Block();
}
