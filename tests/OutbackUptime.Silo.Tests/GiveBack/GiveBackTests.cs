using OutbackUptime.Silo.Tests.Hosting;
using OutbackUptime.Testing;
using OutbackUptime.Uplink;

namespace OutbackUptime.Silo.Tests.GiveBack;

[Collection(RegionsCollection.Name)]
public sealed class GiveBackTests(RegionsFixture fixture)
{
    [Fact]
    public async Task AStation_GoesHomeWhenItsRegionIsBack_AndKnowsWhatItHas()
    {
        var cluster = $"c{Guid.NewGuid():N}";
        var registry = fixture.Registry(cluster, "brunette-downs");
        await using var mel = new SiloProcess(fixture, cluster, "mel", registry);
        await mel.WaitReadyAsync();
        using var gateway = mel.ConnectAs("brunette-downs");
        await gateway.HelloAsync("brunette-downs");
        Assert.Equal(2, (await gateway.SendAsync("bore-01", 1, 2, 3)).CommittedRegions.Count);
        Assert.Equal(["brunette-downs"], (await mel.StatusAsync()).Stations.Select(s => s.Id));

        await using var syd = new SiloProcess(fixture, cluster, "syd", registry);
        await syd.WaitReadyAsync();
        await Eventually.TrueAsync(
            async () => (await syd.StatusAsync()).Stations.Count == 1 && (await mel.StatusAsync()).Stations.Count == 0, TimeSpan.FromSeconds(60));

        // Through the same stream: the gateway need not know where the grain is.
        var receipt = await gateway.SendAsync("bore-01", 2, 3, 4);
        Assert.Equal(ReceiptStatus.Final, receipt.Status);
        Assert.Equal("4\t4", await fixture.QueryAsync("SELECT count(), uniqExact(seq) FROM syd.packets WHERE station = 'brunette-downs'"));
        Assert.Equal("4\t4", await fixture.QueryAsync("SELECT count(), uniqExact(seq) FROM mel.readings WHERE station = 'brunette-downs'"));
    }
}
