using OutbackUptime.Deploy.Tests.Rendering;

namespace OutbackUptime.Deploy.Tests.Scripts;

/// <summary>k8s/platform/velero/restore-test/base/restore-test.sh with stand-ins for stores and cluster.</summary>
public sealed class RestoreTestTests : IDisposable
{
    private const string Backups = """{"items":[{"metadata":{"name":"cluster-old"},"status":{"phase":"Completed","startTimestamp":"2026-11-24T00:00:00Z"}},{"metadata":{"name":"cluster-new"},"status":{"phase":"Completed","startTimestamp":"2026-11-25T06:00:00Z"}},{"metadata":{"name":"cluster-failed"},"status":{"phase":"Failed","startTimestamp":"2026-11-25T12:00:00Z"}}]}""";
    private const string Live = """{"items":[{"metadata":{"name":"stations","creationTimestamp":"2026-11-01T00:00:00Z"},"data":{"stations.json":"[1]"}},{"metadata":{"name":"changed-since","creationTimestamp":"2026-11-01T00:00:00Z","managedFields":[{"time":"2026-11-25T07:00:00Z"}]},"data":{"a":"new"}}]}""";
    private readonly FakeTools _tools = new();

    public void Dispose() => _tools.Dispose();

    [ToolFact("jq")]
    public async Task RestoreTest_WhenEverythingIsThere_Passes_AndCleansUp()
    {
        var (exit, output, errors) = await RunAsync("5\t77", """{"items":[{"metadata":{"name":"stations","creationTimestamp":"2026-11-25T14:00:00Z"},"data":{"stations.json":"[1]"}}]}""");

        Assert.True(exit == 0, output + errors);
        Assert.Contains("packets: same", output, StringComparison.Ordinal);
        Assert.Contains("restore test passed", output, StringComparison.Ordinal);
        Assert.Contains("RESTORE DATABASE outback FROM Disk('backups', '2026-W48')", _tools.Calls, StringComparison.Ordinal);
        Assert.Contains("\"backupName\": \"cluster-new\"", _tools.Calls, StringComparison.Ordinal);
        Assert.Contains("delete --ignore-not-found", _tools.Calls, StringComparison.Ordinal);
        Assert.Contains("delete restore restore-test-", _tools.Calls, StringComparison.Ordinal);
    }

    [ToolFact("jq")]
    public async Task RestoreTest_WhenARowIsMissing_Fails_AndCleansUp()
    {
        var (exit, output, _) = await RunAsync("4\t76", """{"items":[{"metadata":{"name":"stations"},"data":{"stations.json":"[1]"}}]}""");

        Assert.Equal(1, exit);
        Assert.Contains("packets: DIFFERENT", output, StringComparison.Ordinal);
        Assert.Contains("delete --ignore-not-found", _tools.Calls, StringComparison.Ordinal);
    }

    [ToolTheory("jq")]
    [InlineData("""{"items":[]}""")]
    [InlineData("""{"items":[{"metadata":{"name":"stations"},"data":{"stations.json":"[2]"}}]}""")]
    public async Task RestoreTest_WhenAnObjectIsMissingOrOther_Fails(string restored)
    {
        var (exit, _, errors) = await RunAsync("5\t77", restored);

        Assert.Equal(1, exit);
        Assert.Contains("DIFFERENT: stations", errors, StringComparison.Ordinal);
    }

    private async Task<(int Exit, string Output, string Errors)> RunAsync(string restoredRows, string restoredObjects)
    {
        _tools.Add("curl", $$"""
            case "$args" in
              *system.backup_log*) printf '2026-W48\t1764050000\n' ;;
              *"RESTORE DATABASE"*) printf 'id\tRESTORED\n' ;;
              *http://scratch/*) printf '{{restoredRows.Replace("\t", "\\t", StringComparison.Ordinal)}}\n' ;;
              *) printf '5\t77\n' ;;
            esac
            """);
        _tools.Add("kubectl", $$"""
            case "$args" in
              *"get backups"*) echo '{{Backups}}' ;;
              *"--namespace outback get configmaps"*) echo '{{Live}}' ;;
              *"--namespace restore-test get configmaps"*) echo '{{restoredObjects}}' ;;
            esac
            """);
        return await _tools.RunAsync(
            "k8s/platform/velero/restore-test/base/restore-test.sh",
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["STORE"] = "http://store",
                ["SCRATCH"] = "http://scratch",
                ["PASSWORD_FILE"] = _tools.Write("password", "secret"),
                ["SCRATCH_MANIFEST"] = Repository.PathOf("k8s/platform/velero/restore-test/base/scratch.yaml"),
            });
    }
}
