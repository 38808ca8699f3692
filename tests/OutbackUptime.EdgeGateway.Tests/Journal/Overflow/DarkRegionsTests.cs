using OutbackUptime.Domain.Losses;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.Testing;

namespace OutbackUptime.EdgeGateway.Tests.Journal.Overflow;

/// <summary>Weeks in the dark. A class of its own, so that it runs beside the others: each waits for the writer's steps.</summary>
[Trait("Suite", "Slow")]
public sealed class DarkRegionsTests
{
    [Fact]
    public async Task BothRegionsDark_ThinsTheChattyFirst_ThenAll_ThenRefuses_AndOneRegionAfterTheOtherGetsAllThatIsLeft()
    {
        await using var station = new DarkStation(new JournalOptions { MaxBytes = OverflowTests.Quota });
        await station.OpenAsync();

        // Below the high water nothing is touched.
        while (station.Journal.UsedBytes < OverflowTests.Quota * 8 / 10)
        {
            Assert.True(await station.PublishAsync(OverflowTests.Hour / 4, OverflowTests.Hubs));
        }

        Assert.Empty(station.Journal.GivenUp);

        // The chatty hub's packets go first; all others' are there.
        while (station.GivenUp(LossCause.Thinned) < 500)
        {
            Assert.True(await station.PublishAsync(OverflowTests.Hour / 4, OverflowTests.Hubs));
        }

        await station.SettleAsync();
        Assert.Equal(["pump-01"], station.Kept().Thinned.Values.Select(t => t.Hub).Distinct());
        Assert.Equal(station.Accepted.Count(p => p.Hub == "bore-1"), station.Kept().Packets.Count(p => p.Hub == "bore-1"));
        OverflowTests.AssertEverythingIsNamed(station, drained: false);

        // Then everyone's, until even the rows fill the journal: only then packets are refused.
        for (var hours = 0; await station.PublishAsync(OverflowTests.Hour, OverflowTests.Hubs); hours++)
        {
            Assert.True(hours < 2000, "the journal never filled");
            // A commit that began below it may end a little above.
            Assert.InRange(station.Journal.UsedBytes, 0, OverflowTests.Quota + 50_000);
        }

        await station.SettleAsync();
        var kept = station.Kept();
        Assert.Equal(6, kept.Thinned.Values.Select(t => t.Hub).Distinct().Count());
        Assert.True(kept.Thinned.Values.Where(t => t.Hub == "bore-1").Average(t => t.Packets) > 10, "a row stands for a quarter of an hour");
        OverflowTests.AssertEverythingIsNamed(station, drained: false);
        await station.ReopenAsync();
        await station.SettleAsync();
        OverflowTests.AssertEverythingIsNamed(station, drained: false);

        // Sydney comes back: what it has may go, and packets are taken again.
        await station.DrainAsync("syd");
        await Eventually.TrueAsync(() => station.Journal.UsedBytes < OverflowTests.Quota * 9 / 10);
        for (var i = 0; i < 30; i++)
        {
            Assert.True(await station.PublishAsync(OverflowTests.Hour, OverflowTests.Hubs));
            await station.DrainAsync("syd");
        }

        // A record a hub grows with the packets, and one was of the thinned rows, which lay before them.
        Assert.True(station.GivenUp(LossCause.Evicted) > 1000);
        Assert.InRange(station.Count(JournalEntryKind.Loss), 1, 2 * OverflowTests.Hubs.Length);
        await station.ReopenAsync();
        Assert.True(await station.PublishAsync(OverflowTests.Hour, OverflowTests.Hubs));
        Assert.InRange(station.Count(JournalEntryKind.Loss), 1, 2 * OverflowTests.Hubs.Length);

        // And Melbourne gets the rest.
        await OverflowTests.DrainedAsync(station);
        OverflowTests.AssertEverythingIsNamed(station, drained: true);
        Assert.Empty(station.Stores["syd"].Unnamed(station.Accepted.Except(station.Stores["syd"].Packets), "syd"));
    }
}
