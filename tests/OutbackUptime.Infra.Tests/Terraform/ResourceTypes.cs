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

    /// <summary>Of what a plan makes or changes, or of all that a test made by mock providers (`terraform test -json -verbose`).</summary>
    public static IReadOnlySet<string> InPlan(string json)
    {
        using var plan = JsonDocument.Parse(json);
        if (plan.RootElement.TryGetProperty("root_module", out var made))
        {
            return InModule(made).ToHashSet();
        }

        return plan.RootElement.GetProperty("resource_changes").EnumerateArray()
            .Where(change => change.GetProperty("mode").GetString() == "managed")
            .Where(change => change.GetProperty("change").GetProperty("actions").EnumerateArray().Any(action => action.GetString() is "create" or "update"))
            .Select(change => change.GetProperty("type").GetString()!)
            .ToHashSet();
    }

    private static IEnumerable<string> InModule(JsonElement module)
    {
        var own = module.TryGetProperty("resources", out var resources)
            ? resources.EnumerateArray().Where(resource => resource.GetProperty("mode").GetString() == "managed").Select(resource => resource.GetProperty("type").GetString()!)
            : [];
        return module.TryGetProperty("child_modules", out var children) ? own.Concat(children.EnumerateArray().SelectMany(InModule)) : own;
    }

    [GeneratedRegex("""^resource\s+"([a-z0-9_]+)"\s+"[^"]+"\s*\{""", RegexOptions.Multiline)]
    private static partial Regex Block();
}
