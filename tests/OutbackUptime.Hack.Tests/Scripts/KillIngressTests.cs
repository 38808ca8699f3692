namespace OutbackUptime.Hack.Tests.Scripts;

public sealed class KillIngressTests
{
    private static readonly string[] s_thereAndBack =
    [
        """kustomization.kustomize.toolkit.fluxcd.io/silo --type merge --patch {"spec":{"suspend":true}}""",
        """service silo-uplink --type merge --patch {"spec":{"selector":{"outback-uptime/drill":"ingress-killed"}}}""",
        """service silo-uplink --type merge --patch {"spec":{"selector":{"outback-uptime/drill":null}}}""",
        """kustomization.kustomize.toolkit.fluxcd.io/silo --type merge --patch {"spec":{"suspend":false}}""",
    ];

    [ToolFact("jq")]
    public async Task KillIngress_WhenClientsMove_RestoresAndShowsTheLedger()
    {
        using var world = Drill.World();

        var (exit, output) = await world.RunAsync("kill-ingress.sh", "--yes");

        Assert.True(exit == 0, output);
        Assert.Equal(s_thereAndBack, world.Changes());
        Assert.Contains("ingest.example leads to ingest.mel.example", output, StringComparison.Ordinal);
        Assert.Contains("every gateway is at mel", output, StringComparison.Ordinal);
        Assert.Matches(@"napperby +\d+ +0 +0", output);
        Assert.Contains("PASS", output, StringComparison.Ordinal);
    }

    [ToolFact("jq")]
    public async Task KillIngress_WhenDnsNeverShifts_RestoresAndFails()
    {
        using var world = Drill.World();
        world.Write("dns-stuck", "");

        var (exit, output) = await world.RunAsync("kill-ingress.sh", "--yes");

        Assert.True(exit == 1, output);
        Assert.Matches("given up: DNS has not shifted, gateways [0-9]+", output);
        Assert.Equal(s_thereAndBack, world.Changes());
    }

    [ToolFact("jq")]
    public async Task KillIngress_WhenAGatewayStays_RestoresAndFails()
    {
        using var world = Drill.World();
        world.Write("gateway-stuck", "");

        var (exit, output) = await world.RunAsync("kill-ingress.sh", "--yes");

        Assert.True(exit == 1, output);
        Assert.Contains("gateways have not moved", output, StringComparison.Ordinal);
        Assert.False(world.IsKilled());
    }

    [ToolFact("jq")]
    public async Task KillIngress_WhenTheRegionComesBackInTheMiddle_SaysThatTheDrillShowsNothing()
    {
        using var world = Drill.World();
        world.Write("dns-stuck", "");
        world.Write("after", """if [ -e "$STATE/killed" ]; then touch "$STATE/comes-back"; fi""");

        var (exit, output) = await world.RunAsync("kill-ingress.sh", "--yes");

        Assert.True(exit == 1, output);
        Assert.Contains("the ingress has 2 targets again, by itself", output, StringComparison.Ordinal);
        Assert.Equal(s_thereAndBack, world.Changes());
    }

    [ToolFact("jq")]
    public async Task KillIngress_WhenInterrupted_Restores()
    {
        using var world = Drill.World();
        world["SHIFT_SECONDS"] = "600";
        world["OUTBACK_POLL_SECONDS"] = "60";
        world.Write("dns-stuck", "");
        await using var script = world.Start("kill-ingress.sh", "--yes");
        await script.WaitForLineAsync(l => l.Contains("the ingress is killed", StringComparison.Ordinal), TimeSpan.FromSeconds(20));

        script.Signal(2);
        var exit = await script.WaitForExitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(130, exit);
        Assert.Equal(s_thereAndBack, world.Changes());
    }

    [ToolFact("jq")]
    public async Task KillIngress_WhenTheRestoreFails_SaysWhatToDoByHand()
    {
        using var world = Drill.World();
        world.Write("no-restore", "");

        var (exit, output) = await world.RunAsync("kill-ingress.sh", "--yes");

        Assert.True(exit == 3, output);
        Assert.Contains("THE INGRESS OF prod-sydney IS NOT RESTORED", output, StringComparison.Ordinal);
        Assert.Contains("kustomization.kustomize.toolkit.fluxcd.io/silo", output, StringComparison.Ordinal);
    }

    [ToolFact("jq")]
    public async Task KillIngress_WhenAPacketWasGivenUp_FailsWithTheLedger()
    {
        using var world = Drill.World();
        world.Write("after", """if [ -e "$STATE/killed" ]; then echo 7 >"$STATE/given-up"; fi""");

        var (exit, output) = await world.RunAsync("kill-ingress.sh", "--yes");

        Assert.True(exit == 1, output);
        Assert.Matches(@"napperby +\d+ +7 +0", output);
        Assert.Contains("the ledger is not whole", output, StringComparison.Ordinal);
    }

    [ToolFact("jq")]
    public async Task KillIngress_WhenTheJournalIsAnotherOne_FailsWithTheLedger()
    {
        using var world = Drill.World();
        world.Write("after", """if [ -e "$STATE/killed" ]; then echo e2 >"$STATE/epoch"; fi""");

        var (exit, output) = await world.RunAsync("kill-ingress.sh", "--yes");

        Assert.True(exit == 1, output);
        Assert.Contains("NEW JOURNAL", output, StringComparison.Ordinal);
    }

    [ToolFact("jq")]
    public async Task KillIngress_WhenARegionStaysBehind_Fails()
    {
        using var world = Drill.World();
        world.Write("after", """if [ -e "$STATE/killed" ]; then touch "$STATE/lag"; fi""");

        var (exit, output) = await world.RunAsync("kill-ingress.sh", "--yes");

        Assert.True(exit == 1, output);
        Assert.Contains("not every gateway is home with nothing missing", output, StringComparison.Ordinal);
        Assert.False(world.IsKilled());
    }

    [ToolFact("jq")]
    public async Task KillIngress_WhenDryRun_ChangesNothing()
    {
        using var world = Drill.World();
        world["DRY_RUN"] = "1";

        var (exit, output) = await world.RunAsync("kill-ingress.sh");

        Assert.True(exit == 0, output);
        Assert.Empty(world.Changes());
        Assert.Equal(4, output.Split('\n').Count(l => l.StartsWith("would run: kube ", StringComparison.Ordinal)));
    }

    [ToolFact("jq")]
    public async Task KillIngress_WhenNobodyConfirms_ChangesNothing()
    {
        using var world = Drill.World();

        var (exit, output) = await world.RunAsync("kill-ingress.sh");

        Assert.True(exit == 2, output);
        Assert.Empty(world.Changes());
    }

    [ToolTheory("jq")]
    [InlineData("""[ "$1" != -fsS ]""", "a gateway does not answer")]
    [InlineData("""echo '{"station":"napperby","currentRegion":"mel","connected":true,"regions":{"mel":{"storeAvailable":true}}}'""", "not every gateway is connected to syd: napperby: mel")]
    [InlineData("""echo '{"station":"napperby","currentRegion":"syd","connected":true,"regions":{"mel":{"storeAvailable":false}}}'""", "finds mel's store unavailable")]
    public async Task KillIngress_WhenTheSystemIsNotSound_ChangesNothing(string gateway, string said)
    {
        using var world = Drill.World();
        world.Tool("curl", gateway);

        var (exit, output) = await world.RunAsync("kill-ingress.sh", "--yes");

        Assert.Equal(1, exit);
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.Empty(world.Changes());
    }

    [ToolTheory("jq")]
    [InlineData("KUBE_CONTEXT", "", "KUBE_CONTEXT is not set")]
    [InlineData("GATEWAYS", "", "GATEWAYS is not set")]
    [InlineData("SHIFT_SECONDS", "-1", "expected a whole number")]
    public async Task KillIngress_WhenASettingIsWrong_ExitsWith2(string name, string value, string said)
    {
        using var world = Drill.World();
        world[name] = value;

        var (exit, output) = await world.RunAsync("kill-ingress.sh", "--yes");

        Assert.Equal(2, exit);
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.Empty(world.Calls);
    }
}
