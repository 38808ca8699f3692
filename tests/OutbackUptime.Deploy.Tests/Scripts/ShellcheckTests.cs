using OutbackUptime.Deploy.Tests.Rendering;

namespace OutbackUptime.Deploy.Tests.Scripts;

public sealed class ShellcheckTests
{
    [ToolFact("shellcheck")]
    public async Task Scripts_AreClean()
    {
        var scripts = Repository.Find("k8s/platform", "*.sh");

        var (exit, output, _) = await Tool.RunAsync("shellcheck", ["--external-sources", .. scripts.Select(Repository.PathOf)]);

        Assert.Equal(5, scripts.Count);
        Assert.True(exit == 0, output);
    }

    [Fact]
    public async Task Scripts_TellWhatTheyDo()
    {
        foreach (var script in Repository.Find("k8s/platform", "*.sh").Where(s => !s.EndsWith("/store.sh", StringComparison.Ordinal)))
        {
            var (exit, output, _) = await Tool.RunAsync("bash", [Repository.PathOf(script), "--help"]);

            Assert.Equal(0, exit);
            Assert.True(output.Length > 100, script);
        }
    }
}
