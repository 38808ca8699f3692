using System.Text.RegularExpressions;

namespace OutbackUptime.Hack.Tests.Workflows;

public sealed partial class WorkflowTests
{
    public static TheoryData<string> Names() => [.. Workflow.All.Select(w => w.Name)];

    [Fact]
    public void Workflows_WhenListed_AreTheFive() =>
        Assert.Equal(["ci.yml", "nightly-chaos.yml", "release.yml", "restore-test.yml", "rollout-update.yml"], Workflow.All.Select(w => w.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Uses_WhenNamed_IsPinnedByHashWithItsVersion(string name)
    {
        var uses = Named(name).Uses.ToArray();

        Assert.NotEmpty(uses);
        Assert.All(uses, u => Assert.Matches(Pinned(), u));
    }

    [Fact]
    public void Uses_WhenNamedTwice_IsTheSameHash()
    {
        var hashes = Workflow.All.SelectMany(w => w.Uses).Distinct().GroupBy(u => u.Split('@')[0]);

        Assert.All(hashes, action => Assert.Single(action));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Job_WhenRun_HasItsOwnPermissionsAndAnEnd(string name)
    {
        var workflow = Named(name);

        Assert.Contains("\npermissions: {}\n", workflow.Head, StringComparison.Ordinal);
        Assert.Contains("\nconcurrency:\n", workflow.Head, StringComparison.Ordinal);
        Assert.NotEmpty(workflow.Jobs);
        Assert.All(workflow.Jobs, job => Assert.Matches(@"(?m)^    permissions:\n      [a-z-]+: (read|write)", job.Value));
        Assert.All(workflow.Jobs, job => Assert.Matches("(?m)^    timeout-minutes: [0-9]{1,3}$", job.Value));
        Assert.DoesNotContain("write-all", workflow.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Command_WhenItTakesAValue_TakesItFromTheEnvironment(string name) =>
        // An expression inside a script is text that somebody else may have written (a branch's name, an input).
        Assert.All(Named(name).Commands(), c => Assert.DoesNotContain("${{", c, StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Checkout_WhenTheJobPushesNothing_KeepsNoCredentials(string name)
    {
        foreach (var (_, job) in Named(name).Jobs.Where(j => !j.Value.Contains("git push", StringComparison.Ordinal)))
        {
            Assert.Equal(Count(job, "actions/checkout@"), Count(job, "persist-credentials: false"));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Trigger_WhenItIsAPullRequest_RunsWithoutTheBaseRepositorysRights(string name) =>
        Assert.DoesNotMatch("pull_request_target|workflow_run", Named(name).Head);

    [Theory]
    [MemberData(nameof(Names))]
    public void Path_WhenNamed_Exists(string name)
    {
        var paths = RepositoryPath().Matches(WithoutComments(Named(name).Text)).Select(m => m.Value.TrimEnd('/', '.')).Distinct()
            .Where(p => !p.StartsWith("artifacts/", StringComparison.Ordinal)).ToArray();

        Assert.All(paths, p => Assert.True(Path.Exists(Repository.PathOf(p)), $"{p} is not there"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Script_WhenCalled_IsExecutable(string name)
    {
        var scripts = Script().Matches(Named(name).Text).Select(m => m.Value).Distinct();

        Assert.All(scripts, s => Assert.True(OperatingSystem.IsWindows() || (File.GetUnixFileMode(Repository.PathOf(s)) & UnixFileMode.UserExecute) != 0, s));
    }

    [Fact]
    public void Release_WhenItPublishes_ScansBeforeItSigns()
    {
        var release = Named("release.yml");

        Assert.Contains("needs: build", release.Jobs["publish"], StringComparison.Ordinal);
        Assert.Equal(2, Count(release.Jobs["build"], "exit-code: \"1\""));
        Assert.Contains("cosign sign --yes", release.Jobs["publish"], StringComparison.Ordinal);
        Assert.Contains("cosign attest --yes --type slsaprovenance1", release.Jobs["publish"], StringComparison.Ordinal);
        Assert.Contains("environment: ${{ matrix.environment }}", release.Jobs["publish"], StringComparison.Ordinal);
    }

    // cosign 3 writes bundles unless it is told not to, and the pinned policy controller reads those for attestations only.
    [Fact]
    public void Release_WhenItSigns_UsesTheFormatThatClustersAskFor()
    {
        var publish = Named("release.yml").Jobs["publish"];
        var policy = File.ReadAllText(Repository.PathOf("k8s/platform/security/image-policy/policy.yaml"));

        Assert.Equal(2, Count(policy, "signatureFormat: legacy"));
        Assert.Contains("as=(--new-bundle-format=false --use-signing-config=false)", publish, StringComparison.Ordinal);
        Assert.Equal(3, Count(publish, "\"${as[@]}\""));
        Assert.Contains("by=(--new-bundle-format=false ", publish, StringComparison.Ordinal);
        Assert.Contains("cosign-release: v3.", publish, StringComparison.Ordinal);
    }

    // Flux refuses a main whose last commit has no signature that it knows.
    [Fact]
    public void RolloutUpdate_WhenItCommits_LetsGitHubSign()
    {
        var text = Named("rollout-update.yml").Text;

        Assert.Contains("hack/signed-commit.sh \"$branch\"", text, StringComparison.Ordinal);
        Assert.DoesNotMatch("git (commit|push)", text);
        Assert.Equal(2, Count(File.ReadAllText(Repository.PathOf("k8s/flux/root.yaml")), "verify: {mode: HEAD, secretRef: {name: outback-uptime-signers}}"));
    }

    [Fact]
    public void Parse_WhenAPinIsATag_TheRuleFindsIt() =>
        Assert.DoesNotMatch(Pinned(), Workflow.Parse("x", "on: push\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n").Uses.Single());

    [Fact]
    public void Commands_WhenABlock_AreItsLines() =>
        Assert.Equal(["one", "two ${{ x }}", "three"], Workflow.Parse("x", "on: push\njobs:\n  a:\n    steps:\n      - run: |\n          one\n          two ${{ x }}\n      - name: n\n        run: three\n").Commands());

    private static Workflow Named(string name) => Workflow.All.Single(w => w.Name == name);

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static string WithoutComments(string text) => Comment().Replace(text, "");

    [GeneratedRegex(@"^[A-Za-z0-9-]+/[A-Za-z0-9._/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")]
    private static partial Regex Pinned();

    [GeneratedRegex(@"(?<![\w./@-])(hack|\.ci|infra|k8s|demo|docs|tests|silo|edge-gateway)/[A-Za-z0-9._/-]*[A-Za-z0-9](?![*\w])")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex(@"(?<![\w./-])(hack/[a-z-]+\.sh|\.ci/run)")]
    private static partial Regex Script();

    [GeneratedRegex(@"^ *#.*$|(?<= )# .*$", RegexOptions.Multiline)]
    private static partial Regex Comment();
}
