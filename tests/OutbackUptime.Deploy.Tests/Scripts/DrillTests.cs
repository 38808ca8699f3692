using OutbackUptime.Deploy.Tests.Rendering;

namespace OutbackUptime.Deploy.Tests.Scripts;

/// <summary>k8s/platform/chaos/drills/drill.sh with stand-ins for stores and cluster.</summary>
public sealed class DrillTests : IDisposable
{
    private readonly FakeTools _tools = new();

    public void Dispose() => _tools.Dispose();

    [ToolFact("jq")]
    public async Task Drills_WhenAllPassAndTheStoresAgree_Pass()
    {
        var (exit, output, errors) = await RunAsync("Pass", peer: "9\\t5", losses: "0");

        Assert.True(exit == 0, output + errors);
        Assert.Equal(2, _tools.Calls.Split("kubectl create --filename").Length - 1);
        Assert.Contains("both stores hold the same 9 packets", output, StringComparison.Ordinal);
        Assert.EndsWith("drills passed\n", output, StringComparison.Ordinal);
    }

    [ToolTheory("jq")]
    [InlineData("Fail", "9\\t5", "0", "verdict Fail")]
    [InlineData("Pass", "8\\t4", "0", "the stores differ")]
    [InlineData("Pass", "9\\t5", "3", "3 packets are named as lost")]
    public async Task Drills_WhenOneFails_StopThere(string verdict, string peer, string losses, string says)
    {
        var (exit, _, errors) = await RunAsync(verdict, peer, losses);

        Assert.Equal(1, exit);
        Assert.Contains(says, errors, StringComparison.Ordinal);
        Assert.Equal(1, _tools.Calls.Split("kubectl create --filename").Length - 1);
    }

    [ToolFact("jq")]
    public async Task Drills_WhenNoPacketCame_ProveNothing()
    {
        var (exit, _, errors) = await RunAsync("Pass", peer: "0\\t0", losses: "0", here: "0\\t0");

        Assert.Equal(1, exit);
        Assert.Contains("proves nothing", errors, StringComparison.Ordinal);
    }

    private async Task<(int Exit, string Output, string Errors)> RunAsync(string verdict, string peer, string losses, string here = "9\\t5")
    {
        Directory.CreateDirectory(_tools.File("drills"));
        _tools.Write("drills/10-silo-kill.yaml", "");
        _tools.Write("drills/20-store-kill.yaml", "");
        _tools.Add("curl", $"case \"$args\" in *outback.losses*) echo {losses} ;; *http://peer/*) printf '{peer}\\n' ;; *) printf '{here}\\n' ;; esac");
        _tools.Add("kubectl", "case \"$args\" in *dry-run*) echo some-drill ;; *\"--output json\"*) echo '{\"status\":{\"experiments\":[{\"verdict\":\"" + verdict + "\"}]}}' ;; esac");
        return await _tools.RunAsync(
            "k8s/platform/chaos/drills/drill.sh",
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["STORE"] = "http://here",
                ["PEER_STORE"] = "http://peer",
                ["PASSWORD_FILE"] = _tools.Write("here", "secret"),
                ["PEER_PASSWORD_FILE"] = _tools.Write("there", "secret"),
                ["SETTLE_SECONDS"] = "0",
                ["PAUSE_SECONDS"] = "0",
            },
            _tools.File("drills"));
    }
}
