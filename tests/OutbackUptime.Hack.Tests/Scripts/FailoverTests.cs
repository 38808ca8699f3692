namespace OutbackUptime.Hack.Tests.Scripts;

public sealed class FailoverTests
{
    private const string Before = "aws 900 azure 100";

    [ToolFact("jq")]
    public async Task Failover_WhenTheTargetBearsIt_ShiftsStepByStep()
    {
        using var world = TrafficManager.World();

        var (exit, output) = await world.RunAsync("failover.sh", "aws", "azure");

        Assert.True(exit == 0, output);
        Assert.Equal(["azure 250", "aws 750", "azure 500", "aws 500", "azure 750", "aws 250", "azure 999", "aws 1"], world.Updates());
        Assert.All(world.Calls.Where(c => c.Contains("update", StringComparison.Ordinal)), c => Assert.Contains("--type externalEndpoints", c, StringComparison.Ordinal));
        Assert.Contains("leads to mel.example", output, StringComparison.Ordinal);
    }

    [ToolFact("jq")]
    public async Task Failover_WhenAskedForTheOtherWay_ShiftsToAws()
    {
        using var world = TrafficManager.World();

        var (exit, output) = await world.RunAsync("failover.sh", "azure", "aws");

        Assert.True(exit == 0, output);
        Assert.Equal("aws 999 azure 1", world.Weights());
    }

    [ToolFact("jq")]
    public async Task Failover_WhenDryRun_ChangesNothing()
    {
        using var world = TrafficManager.World();
        world["DRY_RUN"] = "1";

        var (exit, output) = await world.RunAsync("failover.sh", "aws", "azure");

        Assert.Equal(0, exit);
        Assert.Empty(world.Updates());
        Assert.Contains("would run: az network traffic-manager endpoint update --resource-group outback-dns --profile-name outback --name azure --type externalEndpoints --weight 250", output, StringComparison.Ordinal);
    }

    [ToolFact("jq")]
    public async Task Failover_WhenNoEndpointIsNamed_TakesThoseOfTheRegions()
    {
        using var world = TrafficManager.World();
        world.Write("endpoints", world.Read("endpoints").Replace("\"aws\"", "\"syd\"", StringComparison.Ordinal).Replace("\"azure\"", "\"mel\"", StringComparison.Ordinal));
        world["AWS_ENDPOINT"] = "";
        world["AZURE_ENDPOINT"] = "";
        world["STEPS"] = "100";

        var (exit, output) = await world.RunAsync("failover.sh", "aws", "azure");

        Assert.True(exit == 0, output);
        Assert.Equal(["mel 999", "syd 1"], world.Updates());
    }

    [ToolFact("jq")]
    public async Task Failover_WhenTheTargetIsNotOnline_ChangesNothing()
    {
        using var world = TrafficManager.World();
        world.Write("endpoints", world.Read("endpoints").Replace("\"target\":\"mel.example\",\"weight\":100,\"endpointStatus\":\"Enabled\",\"endpointMonitorStatus\":\"Online\"", "\"target\":\"mel.example\",\"weight\":100,\"endpointStatus\":\"Enabled\",\"endpointMonitorStatus\":\"Degraded\"", StringComparison.Ordinal));

        var (exit, output) = await world.RunAsync("failover.sh", "aws", "azure");

        Assert.Equal(1, exit);
        Assert.Contains("azure is Degraded: nothing was changed", output, StringComparison.Ordinal);
        Assert.Empty(world.Updates());
    }

    [ToolFact("jq")]
    public async Task Failover_WhenTheTargetBreaksUnderLoad_PutsTheWeightsBack()
    {
        using var world = TrafficManager.World();
        world.Write("after", """if grep -q -- '--weight 500' "$CALLS"; then sed -i '2s/Online/Degraded/; /mel.example/s/Online/Degraded/' "$STATE/endpoints"; jq 'map(if .name == "azure" then .endpointMonitorStatus = "Degraded" else . end)' "$STATE/endpoints" >"$STATE/n" && mv "$STATE/n" "$STATE/endpoints"; fi""");

        var (exit, output) = await world.RunAsync("failover.sh", "aws", "azure");

        Assert.Equal(1, exit);
        Assert.Contains("azure does not bear 50 %: azure is Degraded", output, StringComparison.Ordinal);
        Assert.Contains("the weights are as before", output, StringComparison.Ordinal);
        Assert.Equal(Before, world.Weights());
        Assert.DoesNotContain("azure 750", world.Updates());
    }

    [ToolFact("jq")]
    public async Task Failover_WhenTheTargetIsBadForOneLook_GoesOn()
    {
        using var world = TrafficManager.World();
        world.Tool("curl", """[ "$(grep -c '^curl' "$CALLS")" != 3 ]""");
        world["HEALTH_URL"] = "https://mel.example/healthz/ready";

        var (exit, output) = await world.RunAsync("failover.sh", "aws", "azure");

        Assert.True(exit == 0, output);
        Assert.Contains("https://mel.example/healthz/ready does not answer (1 of 2)", output, StringComparison.Ordinal);
        Assert.Equal("aws 1 azure 999", world.Weights());
    }

    [ToolFact("jq")]
    public async Task Failover_WhenDnsNeverShifts_PutsTheWeightsBack()
    {
        using var world = TrafficManager.World();
        world.Write("dns-stuck", "");

        var (exit, output) = await world.RunAsync("failover.sh", "aws", "azure");

        Assert.Equal(1, exit);
        Assert.Contains("DNS still does not lead outback.trafficmanager.example to mel.example", output, StringComparison.Ordinal);
        Assert.Equal(Before, world.Weights());
    }

    [ToolFact("jq")]
    public async Task Failover_WhenTheLostRegionComesBackInTheMiddle_SaysSoAndGoesOn()
    {
        using var world = TrafficManager.World();
        world.Write("endpoints", """[{"name":"aws","type":"x/externalEndpoints","target":"syd.example","weight":900,"endpointStatus":"Enabled","endpointMonitorStatus":"Degraded"},{"name":"azure","type":"x/externalEndpoints","target":"mel.example","weight":100,"endpointStatus":"Enabled","endpointMonitorStatus":"Online"}]""");
        world.Write("after", """if grep -q -- '--weight 500' "$CALLS"; then sed -i 's/Degraded/Online/' "$STATE/endpoints"; fi""");

        var (exit, output) = await world.RunAsync("failover.sh", "aws", "azure");

        Assert.True(exit == 0, output);
        Assert.Contains("aws was Degraded and is Online; the shift goes on", output, StringComparison.Ordinal);
    }

    [ToolTheory("jq")]
    [InlineData(2, 130)]
    [InlineData(15, 143)]
    public async Task Failover_WhenInterrupted_PutsTheWeightsBack(int signal, int expected)
    {
        using var world = TrafficManager.World();
        world["HOLD_SECONDS"] = "600";
        world["OUTBACK_POLL_SECONDS"] = "60";
        await using var script = world.Start("failover.sh", "aws", "azure");
        await script.WaitForLineAsync(l => l.Contains("step: azure 25 %", StringComparison.Ordinal), TimeSpan.FromSeconds(20));
        await Testing.Eventually.TrueAsync(() => world.Updates().Length == 2, TimeSpan.FromSeconds(20));

        script.Signal(signal);
        var exit = await script.WaitForExitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(expected, exit);
        Assert.Equal(Before, world.Weights());
    }

    [ToolFact("jq")]
    public async Task Failover_WhenAzFailsInTheMiddle_PutsTheWeightsBack()
    {
        using var world = TrafficManager.World();
        // The second step can't lower AWS; putting it back is let through.
        world.Write("after", """if grep -q -- '--weight 500' "$CALLS" && [ ! -e "$STATE/was-refused" ]; then touch "$STATE/refuse-aws"; fi; if grep -q -- 'aws.*--weight 500' "$CALLS"; then rm -f "$STATE/refuse-aws"; touch "$STATE/was-refused"; fi""");

        var (exit, output) = await world.RunAsync("failover.sh", "aws", "azure");

        Assert.True(exit == 1, output);
        Assert.Contains("the weights are as before", output, StringComparison.Ordinal);
        Assert.Equal(Before, world.Weights());
    }

    [ToolFact("jq")]
    public async Task Failover_WhenTheWeightsCannotBePutBack_SaysWhatToDoByHand()
    {
        using var world = TrafficManager.World();
        world.Write("dns-stuck", "");
        world.Write("after", """if grep -q -- '--weight 999' "$CALLS"; then touch "$STATE/refuse-azure"; fi""");

        var (exit, output) = await world.RunAsync("failover.sh", "aws", "azure");

        Assert.Equal(3, exit);
        Assert.Contains("THE WEIGHTS ARE NOT AS BEFORE. By hand, for aws (900) and azure (100):", output, StringComparison.Ordinal);
    }

    [ToolFact("jq")]
    public async Task Failover_WhenSomebodyElseChangesTheWeights_PutsThemBack()
    {
        using var world = TrafficManager.World();
        world.Write("after", """if grep -q -- 'aws.*--weight 750' "$CALLS" && [ ! -e "$STATE/meddled" ]; then touch "$STATE/meddled"; sed -i 's/250/333/' "$STATE/endpoints"; fi""");

        var (exit, output) = await world.RunAsync("failover.sh", "aws", "azure");

        Assert.Equal(1, exit);
        Assert.Contains("somebody else changes them", output, StringComparison.Ordinal);
        Assert.Equal(Before, world.Weights());
    }

    [ToolTheory("jq")]
    [InlineData("aws aws", "expected aws azure, or azure aws")]
    [InlineData("aws", "expected FROM and TO")]
    [InlineData("aws gcp", "expected aws azure, or azure aws")]
    [InlineData("", "expected FROM and TO")]
    public async Task Failover_WhenTheArgumentsAreWrong_ExitsWith2(string arguments, string said)
    {
        using var world = TrafficManager.World();

        var (exit, output) = await world.RunAsync("failover.sh", arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(2, exit);
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.Empty(world.Calls);
    }

    [ToolTheory("jq")]
    [InlineData("RESOURCE_GROUP", "", "RESOURCE_GROUP is not set")]
    [InlineData("PROFILE_NAME", "", "PROFILE_NAME is not set")]
    [InlineData("STEPS", "50 25", "expected rising percentages")]
    [InlineData("STEPS", "50; reboot", "expected percentages")]
    [InlineData("HOLD_SECONDS", "soon", "expected a whole number")]
    [InlineData("AZURE_ENDPOINT", "nowhere", "has no endpoint nowhere")]
    public async Task Failover_WhenASettingIsWrong_ExitsWith2(string name, string value, string said)
    {
        using var world = TrafficManager.World();
        world[name] = value;

        var (exit, output) = await world.RunAsync("failover.sh", "aws", "azure");

        Assert.Equal(2, exit);
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.Empty(world.Updates());
    }
}
