namespace OutbackUptime.Hack.Tests.Scripts;

public sealed class RestoreTestTests
{
    private const string Store = "mulga-downs\t120\t11\nnapperby\t3\t22\n";

    [ToolFact("jq")]
    public async Task RestoreTest_WhenTheBackupHoldsAll_PassesAndCleansUp()
    {
        using var world = World();

        var (exit, output) = await world.RunAsync("restore-test.sh");

        Assert.True(exit == 0, output);
        Assert.Contains("PASS: 123 packets of 2 stations, equal by count and hash", output, StringComparison.Ordinal);
        Assert.Contains("\"backupName\": \"new\"", world.Read("manifest"), StringComparison.Ordinal);
        Assert.Contains("\"clickhouse\": \"restore-test\"", world.Read("manifest"), StringComparison.Ordinal);
        Assert.False(File.Exists(world.FileOf("scratch")));
    }

    [ToolFact("jq")]
    public async Task RestoreTest_WhenAPacketIsMissing_FailsNamesTheStationAndCleansUp()
    {
        using var world = World();
        world.Write("restored", Store.Replace("\t3\t", "\t2\t", StringComparison.Ordinal));

        var (exit, output) = await world.RunAsync("restore-test.sh");

        Assert.Equal(1, exit);
        Assert.Contains("< napperby\t2\t22", output, StringComparison.Ordinal);
        Assert.Contains("FAIL: the backup new does not hold", output, StringComparison.Ordinal);
        Assert.False(File.Exists(world.FileOf("scratch")));
    }

    [ToolFact("jq")]
    public async Task RestoreTest_WhenOnlyAPayloadDiffers_Fails()
    {
        using var world = World();
        world.Write("restored", Store.Replace("\t22", "\t23", StringComparison.Ordinal));

        var (exit, _) = await world.RunAsync("restore-test.sh");

        Assert.Equal(1, exit);
    }

    [ToolTheory("jq")]
    [InlineData("PartiallyFailed")]
    [InlineData("FailedValidation")]
    public async Task RestoreTest_WhenVeleroFails_SaysSoAndCleansUp(string phase)
    {
        using var world = World();
        world.Write("phase", phase);

        var (exit, output) = await world.RunAsync("restore-test.sh");

        Assert.Equal(1, exit);
        Assert.Contains($"the restore of new is {phase}", output, StringComparison.Ordinal);
        Assert.False(File.Exists(world.FileOf("scratch")));
    }

    [ToolFact("jq")]
    public async Task RestoreTest_WhenVeleroNeverEnds_GivesUpAndCleansUp()
    {
        using var world = World();
        world.Write("phase", "InProgress");
        world["RESTORE_SECONDS"] = "1";

        var (exit, output) = await world.RunAsync("restore-test.sh");

        Assert.Equal(1, exit);
        Assert.Contains("still InProgress", output, StringComparison.Ordinal);
        Assert.False(File.Exists(world.FileOf("scratch")));
    }

    [ToolFact("jq")]
    public async Task RestoreTest_WhenInterrupted_CleansUp()
    {
        using var world = World();
        world.Write("phase", "InProgress");
        world["OUTBACK_POLL_SECONDS"] = "60";
        await using var script = world.Start("restore-test.sh");
        await Testing.Eventually.TrueAsync(() => File.Exists(world.FileOf("scratch")), TimeSpan.FromSeconds(20));

        script.Signal(2);
        var exit = await script.WaitForExitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(130, exit);
        Assert.False(File.Exists(world.FileOf("scratch")));
    }

    [ToolFact("jq")]
    public async Task RestoreTest_WhenTheNewestBackupIsOld_Fails()
    {
        using var world = World();
        world["MAX_AGE_HOURS"] = "0";

        var (exit, output) = await world.RunAsync("restore-test.sh");

        Assert.Equal(1, exit);
        Assert.Contains("backups do not run", output, StringComparison.Ordinal);
        Assert.False(File.Exists(world.FileOf("manifest")));
    }

    [ToolFact("jq")]
    public async Task RestoreTest_WhenNoBackupIsComplete_Fails()
    {
        using var world = World();
        world["SCHEDULE"] = "another";

        var (exit, output) = await world.RunAsync("restore-test.sh");

        Assert.Equal(1, exit);
        Assert.Contains("no complete backup of clickhouse by the schedule another", output, StringComparison.Ordinal);
    }

    [ToolFact("jq")]
    public async Task RestoreTest_WhenTheLivingStoreIsEmpty_Fails()
    {
        using var world = World();
        world.Write("living", "");
        world.Write("restored", "");

        var (exit, output) = await world.RunAsync("restore-test.sh");

        Assert.Equal(1, exit);
        Assert.Contains("nothing was compared", output, StringComparison.Ordinal);
    }

    [ToolFact("jq")]
    public async Task RestoreTest_WhenTheScratchNamespaceExists_LeavesItAlone()
    {
        using var world = World();
        world.Write("scratch", "");

        var (exit, _) = await world.RunAsync("restore-test.sh");

        Assert.Equal(2, exit);
        Assert.True(File.Exists(world.FileOf("scratch")));
    }

    [ToolFact("jq")]
    public async Task RestoreTest_WhenTheScratchNamespaceStays_ExitsWith3()
    {
        using var world = World();
        world.Write("undeletable", "");

        var (exit, output) = await world.RunAsync("restore-test.sh");

        Assert.Equal(3, exit);
        Assert.Contains("IS STILL THERE", output, StringComparison.Ordinal);
    }

    [ToolTheory("jq")]
    [InlineData("KUBE_CONTEXT", "", "KUBE_CONTEXT is not set")]
    [InlineData("SCRATCH_NAMESPACE", "clickhouse", "is the store's own namespace")]
    [InlineData("DATABASE", "x'; DROP", "expected a name")]
    public async Task RestoreTest_WhenASettingIsWrong_ExitsWith2(string name, string value, string said)
    {
        using var world = World();
        world[name] = value;

        var (exit, output) = await world.RunAsync("restore-test.sh");

        Assert.Equal(2, exit);
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.Empty(world.Calls);
    }

    /// <summary>A cluster with three backups, a store, and a Velero that restores at once.</summary>
    private static FakeWorld World()
    {
        var world = new FakeWorld { ["KUBE_CONTEXT"] = "prod-sydney", ["MAX_AGE_HOURS"] = "900000", ["RESTORE_SECONDS"] = "20" };
        world.Write("phase", "Completed");
        world.Write("living", Store);
        world.Write("restored", Store);
        world.Write("backups", """
            {"items":[
              {"metadata":{"name":"old"},"spec":{"includedNamespaces":["clickhouse"]},"status":{"phase":"Completed","startTimestamp":"2026-11-01T00:00:00Z"}},
              {"metadata":{"name":"new","labels":{"velero.io/schedule-name":"six-hourly"}},"spec":{},"status":{"phase":"Completed","startTimestamp":"2026-11-02T00:00:00Z"}},
              {"metadata":{"name":"elsewhere"},"spec":{"includedNamespaces":["vault"]},"status":{"phase":"Completed","startTimestamp":"2026-11-04T00:00:00Z"}},
              {"metadata":{"name":"broken"},"spec":{},"status":{"phase":"Failed","startTimestamp":"2026-11-03T00:00:00Z"}}]}
            """);
        world.Tool("kubectl", """
            case "$*" in
              *"get backups"*) cat "$STATE/backups" ;;
              *"get namespace"*) [ -e "$STATE/scratch" ] ;;
              *"create --filename -"*) cat >"$STATE/manifest" && touch "$STATE/scratch" ;;
              *"get restores"*) cat "$STATE/phase" ;;
              *"get pods"*) echo chi-0 ;;
              *"restore-test exec"*count*) cat "$STATE/restored" ;;
              *"clickhouse exec"*count*) cat "$STATE/living" ;;
              *"delete namespace"*) [ ! -e "$STATE/undeletable" ] && rm -f "$STATE/scratch" ;;
            esac
            """);
        return world;
    }
}
