namespace OutbackUptime.Hack.Tests.Scripts;

/// <summary>hack/restore-test.sh with a cluster whose test ends as a file says. What the test does: OutbackUptime.Deploy.Tests.</summary>
public sealed class RestoreTestTests
{
    [ToolFact("jq")]
    public async Task RestoreTest_WhenTheTestPasses_ShowsItsLogAndClearsItAway()
    {
        using var world = World();

        var (exit, output) = await world.RunAsync("restore-test.sh");

        Assert.True(exit == 0, output);
        Assert.Contains("packets: same", output, StringComparison.Ordinal);
        Assert.Contains("PASS: the backups hold", output, StringComparison.Ordinal);
        Assert.Contains(world.Calls, c => c.StartsWith("kubectl --context prod-sydney --namespace velero", StringComparison.Ordinal) && c.Contains("create job restore-test-by-hand-", StringComparison.Ordinal) && c.EndsWith("--from cronjob/restore-test", StringComparison.Ordinal));
        Assert.False(File.Exists(world.FileOf("job")));
    }

    [ToolFact("jq")]
    public async Task RestoreTest_WhenTheBackupsDiffer_FailsAndKeepsTheJobToLookAt()
    {
        using var world = World();
        world.Write("ends", "Failed");

        var (exit, output) = await world.RunAsync("restore-test.sh");

        Assert.Equal(1, exit);
        Assert.Contains("FAIL: restore-test-by-hand-", output, StringComparison.Ordinal);
        Assert.True(File.Exists(world.FileOf("job")));
    }

    [ToolFact("jq")]
    public async Task RestoreTest_WhenLooksFailInBetween_WaitsForTheVerdict()
    {
        using var world = World();
        world.Write("deaf", "...");

        var (exit, output) = await world.RunAsync("restore-test.sh");

        Assert.True(exit == 0, output);
    }

    [ToolFact("jq")]
    public async Task RestoreTest_WhenItNeverEnds_GivesUpAndStopsIt()
    {
        using var world = World();
        world.Write("ends", "");
        world["WAIT_SECONDS"] = "1";

        var (exit, output) = await world.RunAsync("restore-test.sh");

        Assert.Equal(1, exit);
        Assert.Contains("has not ended", output, StringComparison.Ordinal);
        Assert.Contains("is stopped", output, StringComparison.Ordinal);
        Assert.False(File.Exists(world.FileOf("job")));
    }

    [ToolTheory("jq")]
    [InlineData(2, 130)]
    [InlineData(15, 143)]
    public async Task RestoreTest_WhenInterrupted_StopsTheTest(int signal, int expected)
    {
        using var world = World();
        world.Write("ends", "");
        world["OUTBACK_POLL_SECONDS"] = "60";
        await using var script = world.Start("restore-test.sh");
        await Testing.Eventually.TrueAsync(() => script.Output.Contains("started ", StringComparison.Ordinal), TimeSpan.FromSeconds(20));

        script.Signal(signal);
        var exit = await script.WaitForExitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(expected, exit);
        Assert.False(File.Exists(world.FileOf("job")));
    }

    [ToolFact("jq")]
    public async Task RestoreTest_WhenItCannotBeStopped_ExitsWith3()
    {
        using var world = World();
        world.Write("ends", "");
        world.Write("undeletable", "");
        world["WAIT_SECONDS"] = "0";

        var (exit, output) = await world.RunAsync("restore-test.sh");

        Assert.Equal(3, exit);
        Assert.Contains("RUNS STILL: kubectl --namespace velero delete job restore-test-by-hand-", output, StringComparison.Ordinal);
    }

    [ToolFact("jq")]
    public async Task RestoreTest_WhenOneRunsAlready_StartsNone()
    {
        using var world = World();
        world.Write("jobs", """{"items":[{"metadata":{"name":"restore-test-29123"},"status":{"active":1}},{"metadata":{"name":"restore-test-1"},"status":{"succeeded":1}}]}""");

        var (exit, output) = await world.RunAsync("restore-test.sh");

        Assert.Equal(1, exit);
        Assert.Contains("a restore test runs already: restore-test-29123", output, StringComparison.Ordinal);
        Assert.DoesNotContain(world.Calls, c => c.Contains("create", StringComparison.Ordinal));
    }

    [ToolFact("jq")]
    public async Task RestoreTest_WhenDryRun_ChangesNothing()
    {
        using var world = World();
        world["DRY_RUN"] = "1";

        var (exit, output) = await world.RunAsync("restore-test.sh");

        Assert.True(exit == 0, output);
        Assert.Contains("dry run: nothing was changed", output, StringComparison.Ordinal);
        Assert.DoesNotContain(world.Calls, c => c.Contains("create", StringComparison.Ordinal));
    }

    [ToolFact("jq")]
    public async Task RestoreTest_WhenTheClusterHasNoTest_SaysSo()
    {
        using var world = World();
        world["TEST_CRONJOB"] = "another";

        var (exit, output) = await world.RunAsync("restore-test.sh");

        Assert.Equal(1, exit);
        Assert.Contains("has no CronJob another", output, StringComparison.Ordinal);
    }

    [ToolTheory("jq")]
    [InlineData("KUBE_CONTEXT", "", "KUBE_CONTEXT is not set")]
    [InlineData("WAIT_SECONDS", "a day", "expected a whole number")]
    public async Task RestoreTest_WhenASettingIsWrong_ExitsWith2(string name, string value, string said)
    {
        using var world = World();
        world[name] = value;

        var (exit, output) = await world.RunAsync("restore-test.sh");

        Assert.Equal(2, exit);
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.Empty(world.Calls);
    }

    [ToolFact("jq")]
    public async Task RestoreTest_WhenGivenAnArgument_ExitsWith2()
    {
        using var world = World();

        var (exit, _) = await world.RunAsync("restore-test.sh", "sydney");

        Assert.Equal(2, exit);
        Assert.Empty(world.Calls);
    }

    /// <summary>A cluster with the CronJob restore-test; a Job of it ends as `ends` says, after as many failed looks as `deaf` has dots.</summary>
    private static FakeWorld World()
    {
        var world = new FakeWorld { ["KUBE_CONTEXT"] = "prod-sydney", ["WAIT_SECONDS"] = "20" };
        world.Write("ends", "Complete");
        world.Write("jobs", """{"items":[]}""");
        world.Tool("kubectl", """
            case "$*" in
              *"get cronjob restore-test "*) echo cronjob.batch/restore-test ;;
              *"get cronjob "*) echo "not found" >&2; false ;;
              *"get jobs "*) cat "$STATE/jobs" ;;
              *"create job "*) touch "$STATE/job" ;;
              *"get job "*)
                if [ -s "$STATE/deaf" ]; then sed -i 's/^.//' "$STATE/deaf"; echo "no route" >&2; exit 1; fi
                printf '{"status":{"conditions":[{"type":"Suspended","status":"False"},{"type":"%s","status":"True"}]}}' "$(cat "$STATE/ends")" ;;
              *" logs job/"*) echo "packets: same (rows and hash: store 5 77, restored 5 77)" ;;
              *"delete job "*) [ ! -e "$STATE/undeletable" ] && rm -f "$STATE/job" ;;
            esac
            """);
        return world;
    }
}
