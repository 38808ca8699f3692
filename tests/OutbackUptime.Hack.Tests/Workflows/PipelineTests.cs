using System.Text.Json;
using System.Text.RegularExpressions;

namespace OutbackUptime.Hack.Tests.Workflows;

/// <summary>What the workflows have in common with other parts of the repository.</summary>
public sealed partial class PipelineTests
{
    [Fact]
    public void Cost_WhenAPullRequestIsDearer_IsJudgedByTheBasesPolicy()
    {
        var job = Named("ci.yml").Jobs["cost"];
        var comment = job[job.IndexOf("Comment the difference", StringComparison.Ordinal)..];

        Assert.Contains("--policy-path infra/cost/infracost-policy.rego", comment, StringComparison.Ordinal);
        Assert.Contains("--from-file infra/cost/reason.jq", comment, StringComparison.Ordinal);
        Assert.Contains("working-directory: base", comment, StringComparison.Ordinal);
        Assert.DoesNotContain("continue-on-error", job, StringComparison.Ordinal);
    }

    [Fact]
    public void Plans_WhenTheCostModelIsTested_AreThoseThatWereJustMade()
    {
        var job = Named("ci.yml").Jobs["deploy-code"];

        Assert.Equal(2, job.Split("OUTBACK_TERRAFORM_PLANS: ${{ runner.temp }}/plans").Length - 1);
        Assert.True(job.IndexOf("hack/check-deploy.sh", StringComparison.Ordinal) < job.IndexOf("dotnet test tests/OutbackUptime.Infra.Tests", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("silo")]
    [InlineData("edge-gateway")]
    public void Image_WhenReleased_KnowsItsVersionAndCommit(string folder)
    {
        var declared = Argument().Matches(File.ReadAllText(Repository.PathOf($"{folder}/deploy/Containerfile"))).Select(m => m.Groups[1].Value).ToArray();
        var passed = Named("release.yml").Jobs["build"];

        Assert.Contains("VERSION", declared);
        Assert.Contains("REVISION", declared);
        // Bases keep what the Containerfile pins; the platform's are buildx' own.
        Assert.All(declared.Except(["SDK", "BASE", "TARGETARCH"]), name => Assert.Matches($@"(?m)^            {name}=\$\{{\{{ [a-z.]+ \}}\}}$", passed));
    }

    /// <summary>The roles of jobs trust a GitHub environment; the job must run in it, and take the role's secret.</summary>
    [Theory]
    [InlineData("dev", "drill", "nightly-chaos.yml", "clusters", "AWS_DRILL_ROLE", "AZURE_DRILL_CLIENT_ID")]
    [InlineData("prod", "restore", "restore-test.yml", "sydney", "AWS_RESTORE_ROLE", null)]
    [InlineData("prod", "restore", "restore-test.yml", "melbourne", null, "AZURE_RESTORE_CLIENT_ID")]
    public void Job_WhenItEntersACluster_RunsInTheEnvironmentThatItsRolesTrust(string environment, string job, string workflow, string name, string? aws, string? azure)
    {
        using var layout = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("infra/terraform/layout.json")));
        var trusted = layout.RootElement.GetProperty("environments").GetProperty(environment).GetProperty("jobs").GetProperty(job).GetString();

        var text = Named(workflow).Jobs[name];

        Assert.Contains($"\n    environment: {trusted}\n", text, StringComparison.Ordinal);
        Assert.Contains("runs-on: [self-hosted, linux, ", text, StringComparison.Ordinal); // the clusters' API is not on the internet
        Assert.All(new[] { aws, azure }.OfType<string>(), secret => Assert.Contains($"secrets.{secret} ", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Runners_OfOurOwn_AreKnownToActionlint()
    {
        var labels = Workflow.All.SelectMany(w => SelfHosted().Matches(w.Text)).SelectMany(m => m.Groups[1].Value.Split(", ")).Except(["linux"]).Distinct();

        Assert.Equal(labels.Order(StringComparer.Ordinal), Labels().Match(File.ReadAllText(Repository.PathOf(".github/actionlint.yaml"))).Groups[1].Value.Split(", ").Order(StringComparer.Ordinal));
    }

    private static Workflow Named(string name) => Workflow.All.Single(w => w.Name == name);

    [GeneratedRegex(@"(?m)^ARG ([A-Z]+)")]
    private static partial Regex Argument();

    [GeneratedRegex(@"runs-on: \[self-hosted, ([a-z, ]+)\]")]
    private static partial Regex SelfHosted();

    [GeneratedRegex(@"labels: \[([a-z, ]+)\]")]
    private static partial Regex Labels();
}
