using System.Text.Json;
using OutbackUptime.Infra.Tests.Terraform;

namespace OutbackUptime.Infra.Tests.Layout;

/// <summary>infra/terraform/layout.json.</summary>
internal static class LayoutFile
{
    public static JsonElement Root { get; } = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Repository.At("infra", "terraform", "layout.json")));

    /// <summary>Environment, region and its folder in k8s/overlays.</summary>
    public static TheoryData<string, string, string> Regions()
    {
        var regions = new TheoryData<string, string, string>();
        foreach (var environment in Root.GetProperty("environments").EnumerateObject())
        {
            foreach (var region in environment.Value.GetProperty("regions").EnumerateObject())
            {
                regions.Add(environment.Name, region.Name, region.Value.GetProperty("region_name").GetString()!.ToLowerInvariant());
            }
        }

        return regions;
    }

    public static JsonElement Region(string environment, string region) => Root.GetProperty("environments").GetProperty(environment).GetProperty("regions").GetProperty(region);

    /// <summary>Keys of `cluster_values` that only an apply knows.</summary>
    public static IReadOnlySet<string> AfterApply(string region) => Root.GetProperty("after_apply").GetProperty(region).EnumerateArray().Select(key => key.GetString()!).ToHashSet();

    /// <summary>Every range of the address plan, by its path.</summary>
    public static IReadOnlyList<(string Name, Cidr Range)> Ranges() =>
    [
        .. Root.GetProperty("environments").EnumerateObject().SelectMany(environment => environment.Value.GetProperty("regions").EnumerateObject()
            .SelectMany(region => new[] { "network_cidr", "pod_cidr", "service_cidr" }.Select(kind => ($"{environment.Name}/{region.Name}/{kind}", Cidr.Parse(region.Value.GetProperty(kind).GetString()!))))),
        ("edge/pods", Cidr.Parse(Root.GetProperty("edge").GetProperty("pod_cidr").GetString()!)),
        ("edge/services", Cidr.Parse(Root.GetProperty("edge").GetProperty("service_cidr").GetString()!)),
        ("wireguard", Cidr.Parse(Root.GetProperty("wireguard_cidr").GetString()!)),
    ];
}
