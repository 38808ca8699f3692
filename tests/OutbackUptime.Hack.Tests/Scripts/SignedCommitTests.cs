using System.Text.Json;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.Hack.Tests.Scripts;

public sealed class SignedCommitTests : IDisposable
{
    private readonly TempFolder _clone = new();
    private readonly FakeWorld _world = new();

    public SignedCommitTests()
    {
        _world["GITHUB_REPOSITORY"] = "o/r";
        _world["GH_TOKEN"] = "token";
        _world["GIT_DIR"] = _clone.File(".git");
        _world["GIT_WORK_TREE"] = _clone.FullPath;
        // Answers as the API does, and keeps what it was sent, by the last part of the path.
        _world.Tool("gh", """
            case "$*" in
              *"git/ref/heads/"*) [ -e "$STATE/there" ] ;;
              *"git/trees --input -") cat >"$STATE/trees"; echo '{"sha":"tree1"}' ;;
              *"git/commits --input -") cat >"$STATE/commits"; if [ -e "$STATE/unsigned" ]; then echo '{"sha":"commit1","verification":{"verified":false,"reason":"unsigned"}}'; else echo '{"sha":"commit1","verification":{"verified":true,"reason":"valid"}}'; fi ;;
              *) cat >"$STATE/refs" ;;
            esac
            """);
    }

    [ToolFact("jq", "git")]
    public async Task SignedCommit_WhenFilesChanged_PutsThemOnHeadAndTheBranchOnThat()
    {
        var head = await CloneAsync();
        File.WriteAllText(_clone.File("a.yaml"), "digest: \"new\"\n");
        File.WriteAllText(_clone.File("added.yaml"), "x\n");

        var (exit, output) = await _world.RunAsync("signed-commit.sh", "rollout/dev-1", "Roll out 1");

        Assert.True(exit == 0, output);
        var tree = JsonDocument.Parse(_world.Read("trees")).RootElement;
        Assert.Equal(["a.yaml", "added.yaml"], tree.GetProperty("tree").EnumerateArray().Select(e => e.GetProperty("path").GetString()!).Order());
        Assert.Equal("digest: \"new\"\n", tree.GetProperty("tree")[0].GetProperty("content").GetString());
        var commit = JsonDocument.Parse(_world.Read("commits")).RootElement;
        Assert.Equal(("Roll out 1", "tree1", head), (commit.GetProperty("message").GetString(), commit.GetProperty("tree").GetString(), commit.GetProperty("parents")[0].GetString()));
        // With an author of its own GitHub would not sign.
        Assert.False(commit.TryGetProperty("author", out _) || commit.TryGetProperty("committer", out _));
        var branch = JsonDocument.Parse(_world.Read("refs")).RootElement;
        Assert.Equal(("refs/heads/rollout/dev-1", "commit1"), (branch.GetProperty("ref").GetString(), branch.GetProperty("sha").GetString()));
    }

    [ToolFact("jq", "git")]
    public async Task SignedCommit_WhenTheBranchIsThere_MovesIt()
    {
        await CloneAsync();
        File.WriteAllText(_clone.File("a.yaml"), "new\n");
        _world.Write("there", "");

        var (exit, output) = await _world.RunAsync("signed-commit.sh", "rollout/dev-1", "Roll out 1");

        Assert.True(exit == 0, output);
        Assert.Contains("gh api --method PATCH repos/o/r/git/refs/heads/rollout/dev-1 --input -", _world.Calls);
        Assert.True(JsonDocument.Parse(_world.Read("refs")).RootElement.GetProperty("force").GetBoolean());
    }

    [ToolFact("jq", "git")]
    public async Task SignedCommit_WhenGitHubDoesNotSign_LeavesTheBranchAlone()
    {
        await CloneAsync();
        File.WriteAllText(_clone.File("a.yaml"), "new\n");
        _world.Write("unsigned", "");

        var (exit, output) = await _world.RunAsync("signed-commit.sh", "rollout/dev-1", "Roll out 1");

        Assert.Equal((1, "GitHub did not sign the commit: unsigned"), (exit, output));
        Assert.DoesNotContain(_world.Calls, c => c.Contains("git/ref", StringComparison.Ordinal));
    }

    [ToolFact("jq", "git")]
    public async Task SignedCommit_WhenAFileWasDeletedOrNothingChanged_RefusesBeforeItAsks()
    {
        await CloneAsync();
        var nothing = await _world.RunAsync("signed-commit.sh", "rollout/dev-1", "Roll out 1");
        File.Delete(_clone.File("a.yaml"));
        var deleted = await _world.RunAsync("signed-commit.sh", "rollout/dev-1", "Roll out 1");

        Assert.Equal((1, "nothing has changed"), nothing);
        Assert.Equal((1, "a file was deleted: a.yaml"), deleted);
        Assert.Empty(_world.Calls);
    }

    public void Dispose()
    {
        _world.Dispose();
        _clone.Dispose();
    }

    /// <summary>A clone with one commit; its hash.</summary>
    private async Task<string> CloneAsync()
    {
        File.WriteAllText(_clone.File("a.yaml"), "old\n");
        await using var git = ChildProcess.Start("bash", ["-c", "cd \"$1\" && git init -q && git add a.yaml && git -c user.name=t -c user.email=t@example.test -c commit.gpgsign=false commit -qm first && git rev-parse HEAD", "-", _clone.FullPath], new Dictionary<string, string>());
        Assert.Equal(0, await git.WaitForExitAsync(TimeSpan.FromSeconds(30)));
        return git.Output.Trim();
    }
}
