using OutbackUptime.EmbeddedClickHouse.Fetching;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.EmbeddedClickHouse.Tests;

public sealed class FetchingTests
{
    [Fact]
    public async Task Fetch_WithoutNpm_SaysTheWaysOut_AndLeavesNothing()
    {
        using var folder = new TempFolder();
        var cache = new PackageCache(folder.FullPath, new NpmClient("no-such-npm"), _ => { });

        var error = await Assert.ThrowsAsync<FetchFailedException>(() => cache.ChdbAsync(CancellationToken.None));

        Assert.Contains("OUTBACK_CLICKHOUSE_SYD", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(folder.FullPath));
    }

    [Fact]
    public async Task Verify_OfAnotherFile_RefusesIt()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("x.tgz"), "not it");

        var error = await Assert.ThrowsAsync<FetchFailedException>(() => PackageCache.VerifyAsync(folder.File("x.tgz"), NpmPackage.ChdbIntegrity, CancellationToken.None));

        Assert.Contains("not what was pinned", error.Message, StringComparison.Ordinal);
    }
}
