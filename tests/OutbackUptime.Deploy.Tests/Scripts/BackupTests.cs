using OutbackUptime.Deploy.Tests.Rendering;

namespace OutbackUptime.Deploy.Tests.Scripts;

/// <summary>k8s/platform/clickhouse/jobs/backup.sh with a stand-in for the store.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly FakeTools _tools = new();

    public void Dispose() => _tools.Dispose();

    [Theory]
    [InlineData("printf 'id\\tBACKUP_CREATED\\n'", 0, "backup 2", false)]
    [InlineData("case \"$body\" in *base_backup*) printf 'id\\tBACKUP_CREATED\\n' ;; *) echo 'Code: 598. BACKUP_ALREADY_EXISTS'; exit 22 ;; esac", 0, "backup 2", true)]
    [InlineData("echo 'Code: 241. MEMORY_LIMIT_EXCEEDED'; exit 22", 1, "", false)]
    [InlineData("printf 'id\\tBACKUP_FAILED\\n'", 1, "", false)]
    public async Task Backup_IsWholeOnceAWeek_ThenWhatChanged(string store, int expectedExit, string expectedOutput, bool incremental)
    {
        _tools.Add("curl", store);

        var (exit, output, errors) = await _tools.RunAsync(
            "k8s/platform/clickhouse/jobs/backup.sh", new Dictionary<string, string>(StringComparer.Ordinal) { ["STORE"] = "http://store", ["BACKUP_PASSWORD_FILE"] = _tools.Write("password", "secret") });

        Assert.True(expectedExit == exit, output + errors);
        Assert.StartsWith(expectedOutput, output, StringComparison.Ordinal);
        Assert.Equal(incremental, _tools.Calls.Contains("SETTINGS base_backup = Disk('backups', '2", StringComparison.Ordinal));
    }
}
