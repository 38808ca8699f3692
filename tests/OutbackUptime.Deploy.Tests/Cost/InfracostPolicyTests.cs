using OutbackUptime.Deploy.Tests.Policies.Rego;
using OutbackUptime.Deploy.Tests.Rendering;

namespace OutbackUptime.Deploy.Tests.Cost;

/// <summary>infra/cost/infracost-policy.rego on what `infracost diff --format json` says, and reason.jq which adds the reason.</summary>
public sealed class InfracostPolicyTests
{
    private const string Policy = "infra/cost/infracost-policy.rego";
    private static readonly string[] s_accepted = ["cost-accepted", "cost-reason: a second region"];

    [Theory]
    [InlineData("1000", "120", true)] // +12 %
    [InlineData("1000", "100.01", true)]
    [InlineData("0", "76", true)]
    [InlineData("1000", "50", false)] // +5 %
    [InlineData("1000", "100", false)]
    [InlineData("1000", "-300", false)]
    [InlineData("0", "75", false)]
    public void Deny_WhenNobodySaysWhy_FailsAboveTheLimit(string past, string more, bool fails) =>
        Assert.Equal(fails, Fails(Diff(past, more)));

    [Fact]
    public void Deny_WhenThereIsAReasonAndSomebodyAcceptedIt_Passes()
    {
        Assert.False(Fails(Diff("1000", "120", s_accepted)));
        Assert.Contains("120 USD a month more than 1000: over 10 %.", Messages(Diff("1000", "120", s_accepted)).Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cost-accepted")] // nobody said why
    [InlineData("cost-reason: it must")] // nobody accepted it
    [InlineData("{\"name\":\"cost-accepted\"}")] // a label as Infracost takes it from GitHub's event by itself
    public void Deny_WhenHalfOfItIsThere_Fails(string label) => Assert.True(Fails(Diff("1000", "120", label)));

    [Fact]
    public void Deny_WhenNothingHadAPriceBefore_ComparesWithNothing() =>
        Assert.True(Fails(Kustomization.Parse("""{"currency": "USD", "pastTotalMonthlyCost": null, "diffTotalMonthlyCost": "500", "metadata": {}}""").Single()));

    [ToolTheory("jq")]
    [InlineData("""{"labels": [{"name": "cost-accepted"}, {"name": "infra"}], "body": "Adds a region.\r\nCost:  the second region, decision 12\r\n"}""", false)]
    [InlineData("""{"labels": [{"name": "cost-accepted"}], "body": "Adds a region."}""", true)]
    [InlineData("""{"labels": [{"name": "cost-accepted"}], "body": "Cost: \nMore."}""", true)]
    [InlineData("""{"labels": [{"name": "cost-accepted"}], "body": null}""", true)]
    [InlineData("""{"labels": [{"name": "cost-accepted"}, {"name": "cost-reason: none"}], "body": ""}""", true)]
    [InlineData("""{"labels": [], "body": "Cost: because"}""", true)]
    public async Task Reason_FromThePullRequest_IsWhatThePolicyReads(string pullRequest, bool fails)
    {
        var folder = Directory.CreateTempSubdirectory("outback-cost-");
        try
        {
            var pr = Path.Combine(folder.FullName, "pr.json");
            var diff = Path.Combine(folder.FullName, "diff.json");
            await File.WriteAllTextAsync(pr, pullRequest);
            await File.WriteAllTextAsync(diff, """{"currency": "USD", "pastTotalMonthlyCost": "1000", "diffTotalMonthlyCost": "120", "metadata": {"vcsPullRequestLabels": ["{\"name\":\"cost-accepted\"}"]}}""");

            var (exit, output, errors) = await Tool.RunAsync("jq", ["--slurpfile", "pr", pr, "--from-file", Repository.PathOf("infra/cost/reason.jq"), diff]);

            Assert.True(exit == 0, errors);
            Assert.Equal(fails, Fails(Kustomization.Parse(output).Single()));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static KubeObject Diff(string past, string more, params string[] labels) => Kustomization.Parse(
        $$$"""{"version": "0.2", "currency": "USD", "pastTotalMonthlyCost": "{{{past}}}", "diffTotalMonthlyCost": "{{{more}}}", "metadata": {"vcsPullRequestLabels": [{{{string.Join(", ", labels.Select(l => System.Text.Json.JsonSerializer.Serialize(l)))}}}]}}""").Single();

    // Infracost fails the comment, and so the job, when an element of `deny` says that it failed.
    private static bool Fails(KubeObject diff) => Denied(diff).Any(d => d["failed"] is true);

    private static IEnumerable<string> Messages(KubeObject diff) => Denied(diff).Select(d => (string)d["msg"]!);

    private static IEnumerable<Dictionary<string, object?>> Denied(KubeObject diff) =>
        new RegoEvaluator([RegoParser.Parse(Repository.Read(Policy))], RegoValue.Of(diff)).Elements("infracost", "deny").Cast<Dictionary<string, object?>>();
}
