using System.Text.Json;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.Demo.Tests.Drills;

/// <summary>The whole system as real processes: a region is killed under load, and the ledger must be clean.</summary>
[Trait("Suite", "Slow")]
public sealed class RegionLossTests
{
    [Fact]
    public async Task RegionLoss_EndsWithACleanLedger_AndATakeoverWithinTenSeconds()
    {
        using var folder = new TempFolder();
        var report = folder.File("report.json");
        await using var drill = ChildProcess.StartProject("OutbackUptime.Demo", ["drill", "region-loss", "--hubs", "5", "--data", folder.File("data"), "--report", report]);

        var exit = await drill.WaitForExitAsync(TimeSpan.FromMinutes(4));

        Assert.True(exit == 0, drill.Output);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(report));
        var root = json.RootElement;
        Assert.Equal("pass", root.GetProperty("verdict").GetString());
        Assert.True(root.GetProperty("acknowledged").GetInt64() > 100, drill.Output);
        Assert.InRange(root.GetProperty("takeoverSeconds").GetDouble(), 0, 10);
        foreach (var region in new[] { "syd", "mel" })
        {
            var store = root.GetProperty("stores").GetProperty(region);
            Assert.Equal(0, store.GetProperty("missing").GetInt64() + store.GetProperty("duplicates").GetInt64() + store.GetProperty("altered").GetInt64());
        }
    }
}
