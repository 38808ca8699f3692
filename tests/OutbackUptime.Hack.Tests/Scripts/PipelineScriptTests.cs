using System.Text.Json;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.Hack.Tests.Scripts;

/// <summary>What pipelines call: cluster-value, provenance, page.</summary>
public sealed class PipelineScriptTests
{
    [Theory]
    [InlineData("registry", 0, "111122223333.dkr.ecr.ap-southeast-2.amazonaws.com")]
    [InlineData("cluster_name", 0, "outback-uptime-prod-syd")]
    [InlineData("ingest_host", 0, "ingest.example.net")]
    [InlineData("nothing", 2, "k8s/overlays/prod/sydney/cluster-values.yaml has no nothing")]
    [InlineData("../x", 2, "prod sydney ../x: expected e.g. prod sydney registry")]
    public async Task ClusterValue_WhenAsked_PrintsItOrSaysWhatIsMissing(string key, int expected, string said)
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("prod/sydney"));
        File.WriteAllText(folder.File("prod/sydney/cluster-values.yaml"), "kind: ConfigMap\ndata:\n  registry: 111122223333.dkr.ecr.ap-southeast-2.amazonaws.com\n  cluster_name: \"outback-uptime-prod-syd\" # quoted\n  ingest_host: ingest.example.net # later\n");
        using var world = new FakeWorld { ["OVERLAYS"] = folder.FullPath };

        var (exit, output) = await world.RunAsync("cluster-value.sh", "prod", "sydney", key);

        Assert.Equal(expected, exit);
        Assert.Equal(said, output);
    }

    [ToolFact("jq")]
    public async Task Provenance_WhenARunAsks_NamesWorkflowCommitAndRun()
    {
        using var world = new FakeWorld
        {
            ["GITHUB_SERVER_URL"] = "https://github.com",
            ["GITHUB_REPOSITORY"] = "o/r",
            ["GITHUB_WORKFLOW_REF"] = "o/r/.github/workflows/release.yml@refs/heads/main",
            ["GITHUB_REF"] = "refs/heads/main",
            ["GITHUB_SHA"] = "abc123",
            ["GITHUB_EVENT_NAME"] = "workflow_dispatch",
            ["GITHUB_RUN_ID"] = "7",
            ["GITHUB_RUN_ATTEMPT"] = "2",
            ["RUNNER_ENVIRONMENT"] = "github-hosted",
        };

        var (exit, output) = await world.RunAsync("provenance.sh");

        Assert.True(exit == 0, output);
        var predicate = JsonDocument.Parse(output).RootElement;
        var workflow = predicate.GetProperty("buildDefinition").GetProperty("externalParameters").GetProperty("workflow");
        Assert.Equal(".github/workflows/release.yml", workflow.GetProperty("path").GetString());
        Assert.Equal("abc123", predicate.GetProperty("buildDefinition").GetProperty("resolvedDependencies")[0].GetProperty("digest").GetProperty("gitCommit").GetString());
        Assert.Equal("https://github.com/o/r/.github/workflows/release.yml@refs/heads/main", predicate.GetProperty("runDetails").GetProperty("builder").GetProperty("id").GetString());
        Assert.Equal("https://github.com/o/r/actions/runs/7/attempts/2", predicate.GetProperty("runDetails").GetProperty("metadata").GetProperty("invocationId").GetString());
    }

    [ToolFact("jq")]
    public async Task Page_WhenCalled_SendsAnEventAndShowsNoKeyInItsArguments()
    {
        using var world = new FakeWorld { ["PAGERDUTY_ROUTING_KEY"] = "routing-key" };
        world.Tool("curl", "cat >\"$STATE/sent\"");

        var (exit, output) = await world.RunAsync("page.sh", "nightly \"chaos\" failed", "https://example.test/run");

        Assert.True(exit == 0, output);
        var sent = JsonDocument.Parse(world.Read("sent")).RootElement;
        Assert.Equal("routing-key", sent.GetProperty("routing_key").GetString());
        Assert.Equal("Outback Uptime: nightly \"chaos\" failed", sent.GetProperty("payload").GetProperty("summary").GetString());
        Assert.DoesNotContain("routing-key", string.Join('\n', world.Calls), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckDeploy_WhenTheArgumentIsWrong_ExitsWith2()
    {
        using var world = new FakeWorld();

        var (exit, output) = await world.RunAsync("check-deploy.sh", "--strict");

        Assert.Equal(2, exit);
        Assert.Contains("expected --require or --help", output, StringComparison.Ordinal);
    }
}
