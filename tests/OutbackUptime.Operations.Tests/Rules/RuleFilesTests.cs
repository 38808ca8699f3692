using OutbackUptime.Operations.Tests.Stack;

namespace OutbackUptime.Operations.Tests.Rules;

public sealed class RuleFilesTests
{
    [ToolFact("promtool")]
    public async Task Rules_AreValid()
    {
        var (exit, output) = await Tool.RunAsync("promtool", ["check", "rules", .. RuleFiles.Paths]);

        Assert.True(exit == 0, output);
        Assert.Equal(RuleFiles.Expressions.Count, RuleFiles.Alerts.Count + RuleFiles.Recorded.Count);
    }

    [ToolFact("promtool")]
    public async Task RuleTests_Pass()
    {
        var (exit, output) = await Tool.RunAsync("promtool", ["test", "rules", .. RuleFiles.Tests]);

        Assert.True(exit == 0, output);
    }

    [ToolFact("promtool")]
    public async Task Configuration_IsValid()
    {
        var (exit, output) = await Tool.RunAsync("promtool", ["check", "config", Repository.PathOf("ops/prometheus/prometheus.yml")]);

        Assert.True(exit == 0, output);
    }

    [ToolFact("amtool")]
    public async Task AlertRoutes_AreValid()
    {
        var (exit, output) = await Tool.RunAsync("amtool", ["check-config", Repository.PathOf("ops/alertmanager/alertmanager.yml")]);

        Assert.True(exit == 0, output);
    }

    [ToolFact("amtool")]
    public async Task AlertRoutes_PageForCriticalOnly()
    {
        foreach (var (alert, _, severity) in RuleFiles.Alerts.DistinctBy(a => a.Severity))
        {
            var (exit, output) = await Tool.RunAsync(
                "amtool", ["config", "routes", "test", $"--config.file={Repository.PathOf("ops/alertmanager/alertmanager.yml")}", $"alertname={alert}", $"severity={severity}"]);

            Assert.True(exit == 0, output);
            Assert.Equal(severity == "critical" ? "pager" : "mail", output.Split('\n')[0]);
        }
    }

    [Fact]
    public void EveryAlert_HasARunbookThatTheReadmeLists()
    {
        var readme = File.ReadAllText(Repository.PathOf("docs/runbooks/README.md"));

        Assert.NotEmpty(RuleFiles.Alerts);
        Assert.All(RuleFiles.Alerts, a => Assert.True(File.Exists(Repository.PathOf(a.Runbook)), $"{a.Alert}: {a.Runbook} is not there"));
        Assert.All(RuleFiles.Alerts, a => Assert.Contains(Path.GetFileName(a.Runbook), readme, StringComparison.Ordinal));
    }

    [Fact]
    public void EveryAlert_IsTested()
    {
        var tests = string.Concat(RuleFiles.Tests.Select(File.ReadAllText));

        Assert.All(RuleFiles.Alerts, a => Assert.Contains($"- alertname: {a.Alert}\n", tests, StringComparison.Ordinal));
    }
}
