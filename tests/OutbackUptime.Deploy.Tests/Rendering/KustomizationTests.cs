namespace OutbackUptime.Deploy.Tests.Rendering;

public sealed class KustomizationTests
{
    private static readonly Dictionary<string, string> s_values = new() { ["region"] = "syd" };

    [Theory]
    [InlineData("a ${region} b", "a syd b")]
    [InlineData("${other:=x}", "x")]
    [InlineData("$${region}", "${region}")]
    public void Substitute_AsFluxDoes_ReplacesAndKeeps(string text, string expected) =>
        Assert.Equal(expected, Kustomization.Substitute(text, s_values, "test"));

    [Fact]
    public void Substitute_WhenTheValueIsMissing_Fails() =>
        Assert.Throws<InvalidOperationException>(() => Kustomization.Substitute("${regoin}", s_values, "test"));
}
