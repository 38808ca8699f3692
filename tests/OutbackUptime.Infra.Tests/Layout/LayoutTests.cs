using System.Text.Json;
using OutbackUptime.Infra.Tests.Terraform;

namespace OutbackUptime.Infra.Tests.Layout;

public sealed class LayoutTests
{
    public static TheoryData<string, string, string> Regions => LayoutFile.Regions();

    [Fact]
    public void Ranges_OfAllEnvironmentsAndTheEdge_NeverOverlap()
    {
        var ranges = LayoutFile.Ranges();

        var overlaps = from a in ranges from b in ranges where string.CompareOrdinal(a.Name, b.Name) < 0 && a.Range.Overlaps(b.Range) select $"{a.Name} and {b.Name}";

        Assert.Empty(overlaps);
        Assert.Equal(15, ranges.Count);
    }

    [Theory]
    [InlineData("10.0.0.0/8", "10.255.255.0/30", true)]
    [InlineData("10.16.0.0/16", "10.17.0.0/16", false)]
    public void Overlaps_OfTwoRanges_AsTheyDo(string a, string b, bool expected) => Assert.Equal(expected, Cidr.Parse(a).Overlaps(Cidr.Parse(b)));

    [Fact]
    public void Parse_WhenTheAddressIsWithinTheRange_Refuses() => Assert.Throws<FormatException>(() => Cidr.Parse("10.20.0.0/14").Overlaps(Cidr.Parse("10.21.0.0/14")));

    [OverlayTheory]
    [MemberData(nameof(Regions))]
    public void Overlay_AgainstLayout_HasItsAddressesAndRegion(string environment, string region, string folder)
    {
        var overlay = ClusterValues.Read(environment, folder);
        var layout = LayoutFile.Region(environment, region);

        foreach (var key in new[] { "cloud", "cloud_region", "region_name", "network_cidr", "pod_cidr", "service_cidr" })
        {
            Assert.Equal(layout.GetProperty(key).GetString(), overlay[key]);
        }

        Assert.Equal(region, overlay["region"]);
        Assert.Equal(environment, overlay["environment"]);
    }

    /// <summary>One truth: what Terraform plans is what Flux substitutes, key by key.</summary>
    [OverlayTheory(NeedsTerraform = true)]
    [MemberData(nameof(Regions))]
    public async Task Overlay_AgainstPlannedOutputs_IsTheSameKeyByKey(string environment, string region, string folder)
    {
        var overlay = ClusterValues.Read(environment, folder);
        var planned = await PlannedValues(environment, region);
        var later = LayoutFile.AfterApply(region);

        Assert.Equal(planned.Keys.Order(), overlay.Keys.Order());
        Assert.All(planned.Where(pair => !later.Contains(pair.Key)), pair => Assert.Equal($"{pair.Key}: {pair.Value}", $"{pair.Key}: {overlay[pair.Key]}"));
        // What only an apply knows is a client id: zeros until somebody has put the real one in.
        Assert.All(later, key => Assert.True(Guid.TryParse(overlay[key], out _), $"{key} is {overlay[key]}"));
    }

    [TerraformTheory]
    [InlineData("layout")]
    [InlineData("wireguard")]
    public async Task Tests_OfAModuleWithoutProviders_Pass(string module)
    {
        using var copy = TerraformCli.Copy(module);
        await TerraformCli.RunAsync(copy.Path, "init", "-backend=false", "-input=false");

        var output = await TerraformCli.RunAsync(copy.Path, "test", "-no-color");

        Assert.Contains("0 failed", output, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyDictionary<string, string>> PlannedValues(string environment, string region)
    {
        using var copy = TerraformCli.Copy("layout");
        await TerraformCli.RunAsync(copy.Path, "init", "-backend=false", "-input=false");
        await TerraformCli.RunAsync(copy.Path, "plan", "-input=false", "-out=plan", $"-var=environment={environment}", $"-var=region={region}");
        using var plan = JsonDocument.Parse(await TerraformCli.RunAsync(copy.Path, "show", "-json", "plan"));
        return plan.RootElement.GetProperty("planned_values").GetProperty("outputs").GetProperty("cluster_values").GetProperty("value")
            .EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetString()!);
    }
}
