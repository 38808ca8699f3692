using OutbackUptime.Domain.Losses;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.Testing;

namespace OutbackUptime.EdgeGateway.Tests.Journal.Overflow;

/// <summary>Weeks of silence on a real, small journal: what is given up is what the policy says, and all of it is named.</summary>
[Trait("Suite", "Slow")]
public sealed class OverflowTests
{
    private const long Quota = 800_000;
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);
    private static readonly (string, int)[] s_hubs = [("pump-01", 6), .. Enumerable.Range(1, 5).Select(i => ($"bore-{i}", 60))];

    [Fact]
    public async Task BothRegionsDark_ThinsTheChattyFirst_ThenAll_ThenRefuses_AndOneRegionAfterTheOtherGetsAllThatIsLeft()
    {
        await using var station = new DarkStation(new JournalOptions { MaxBytes = Quota });
        await station.OpenAsync();

        // Below the high water nothing is touched.
        while (station.Journal.UsedBytes < Quota * 8 / 10)
        {
            Assert.True(await station.PublishAsync(s_hour / 4, s_hubs));
        }

        Assert.Empty(station.Journal.GivenUp);

        // The chatty hub's packets go first; all others' are there.
        while (station.GivenUp(LossCause.Thinned) < 500)
        {
            Assert.True(await station.PublishAsync(s_hour / 4, s_hubs));
        }

        await station.SettleAsync();
        Assert.Equal(["pump-01"], station.Kept().Thinned.Values.Select(t => t.Hub).Distinct());
        Assert.Equal(station.Accepted.Count(p => p.Hub == "bore-1"), station.Kept().Packets.Count(p => p.Hub == "bore-1"));
        AssertEverythingIsNamed(station, drained: false);

        // Then everyone's, until even the rows fill the journal: only then packets are refused.
        for (var hours = 0; await station.PublishAsync(s_hour, s_hubs); hours++)
        {
            Assert.True(hours < 2000, "the journal never filled");
            // A commit that began below it may end a little above.
            Assert.InRange(station.Journal.UsedBytes, 0, Quota + 50_000);
        }

        await station.SettleAsync();
        var kept = station.Kept();
        Assert.Equal(6, kept.Thinned.Values.Select(t => t.Hub).Distinct().Count());
        Assert.True(kept.Thinned.Values.Where(t => t.Hub == "bore-1").Average(t => t.Packets) > 10, "a row stands for a quarter of an hour");
        AssertEverythingIsNamed(station, drained: false);
        await station.ReopenAsync();
        await station.SettleAsync();
        AssertEverythingIsNamed(station, drained: false);

        // Sydney comes back: what it has may go, and packets are taken again.
        await station.DrainAsync("syd");
        await Eventually.TrueAsync(() => station.Journal.UsedBytes < Quota * 9 / 10);
        for (var i = 0; i < 30; i++)
        {
            Assert.True(await station.PublishAsync(s_hour, s_hubs));
            await station.DrainAsync("syd");
        }

        // A record a hub grows with the packets, and one was of the thinned rows, which lay before them.
        Assert.True(station.GivenUp(LossCause.Evicted) > 1000);
        Assert.InRange(station.Count(JournalEntryKind.Loss), 1, 2 * s_hubs.Length);
        await station.ReopenAsync();
        Assert.True(await station.PublishAsync(s_hour, s_hubs));
        Assert.InRange(station.Count(JournalEntryKind.Loss), 1, 2 * s_hubs.Length);

        // And Melbourne gets the rest.
        await DrainedAsync(station);
        AssertEverythingIsNamed(station, drained: true);
        Assert.Empty(station.Stores["syd"].Unnamed(station.Accepted.Except(station.Stores["syd"].Packets), "syd"));
    }

    [Fact]
    public async Task OneRegionDark_NeverRefuses_AndNothingIsThinned()
    {
        await using var station = new DarkStation(new JournalOptions { MaxBytes = Quota });
        await station.OpenAsync();
        for (var i = 0; i < 20; i++)
        {
            Assert.True(await station.PublishAsync(s_hour, s_hubs));
            await station.DrainAsync("syd");
        }

        await DrainedAsync(station);

        Assert.Equal(0, station.GivenUp(LossCause.Thinned));
        Assert.Equal(station.Accepted, station.Stores["syd"].Packets);
        Assert.Equal(station.GivenUp(LossCause.Evicted), station.Accepted.Except(station.Stores["mel"].Packets).Count());
        AssertEverythingIsNamed(station, drained: true);

        // And no later process says of these that they are safe.
        await station.ReopenAsync();
        var lacking = station.Accepted.Except(station.Stores["mel"].Packets).Select(p => p.Hub).Distinct();
        Assert.Equal(lacking.Order(StringComparer.Ordinal), station.Journal.Silenced.Where(s => s is { FirstBoot: 1, LastBoot: 1 }).Select(s => s.Hub).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task MaxAge_ThinsWhatIsOlder_WhateverRoomThereIs()
    {
        await using var station = new DarkStation(new JournalOptions { MaxAge = TimeSpan.FromHours(10), HighWater = 0.9, LowWater = 0.8 });
        await station.OpenAsync();
        Assert.True(await station.PublishAsync(10 * s_hour, s_hubs));
        Assert.Empty(station.Journal.GivenUp);

        Assert.True(await station.PublishAsync(s_hour / 2, s_hubs));
        await Eventually.TrueAsync(() => station.Kept().Thinned.Count > 0);
        Assert.True(await station.PublishAsync(5 * s_hour, s_hubs));

        // What is left raw is younger, or too little to be worth a row.
        await Eventually.TrueAsync(() => station.Count(JournalEntryKind.Packet) < 11 * (600 + 300));
        AssertEverythingIsNamed(station, drained: false);
        await DrainedAsync(station);
        AssertEverythingIsNamed(station, drained: true);
    }

    /// <summary>Regions come and go as they like, the gateway restarts: every packet is in both stores, kept, or named; none twice.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task AnySchedule_LosesNothingUnnamed(int seed)
    {
        var random = new Random(seed);
        await using var station = new DarkStation(new JournalOptions { MaxBytes = 300_000 }, seed);
        await station.OpenAsync();
        for (var step = 0; step < 50; step++)
        {
            switch (random.Next(8))
            {
                case 0:
                    await station.DrainAsync("syd", random.Next(2000));
                    break;
                case 1:
                    await station.DrainAsync("mel", random.Next(2000));
                    break;
                case 2 when random.Next(3) == 0:
                    await station.ReopenAsync();
                    break;
                default:
                    await station.PublishAsync(s_hour * random.NextDouble(), s_hubs);
                    break;
            }

            await station.SettleAsync();
            AssertEverythingIsNamed(station, drained: false);
        }

        await DrainedAsync(station);
        AssertEverythingIsNamed(station, drained: true);
    }

    private static async Task DrainedAsync(DarkStation station)
    {
        await Eventually.TrueAsync(async () =>
        {
            await station.DrainAsync("syd");
            await station.DrainAsync("mel");
            return station.Journal.Depth == 0;
        });
    }

    /// <summary>
    /// In every store each packet is there, still journaled, or named by a record that is there or journaled; and as many were
    /// given up as the journal says.
    /// </summary>
    private static void AssertEverythingIsNamed(DarkStation station, bool drained)
    {
        var kept = drained ? new StoreModel() : station.Kept();
        foreach (var (region, store) in station.Stores)
        {
            var known = new StoreModel();
            Merge(store, known);
            Merge(kept, known);
            var missing = station.Accepted.Where(p => !store.Packets.Contains(p) && !kept.Packets.Contains(p)).ToList();
            var unnamed = known.Unnamed(missing, region);
            Assert.True(unnamed.Count == 0, $"{region}: {unnamed.Count} of {missing.Count} are not named, e.g. {string.Join(" ", unnamed.Take(1))}");
            Assert.Empty(store.Packets.Except(station.Accepted));
        }

        var (syd, mel) = (station.Stores["syd"], station.Stores["mel"]);
        Assert.Equal(station.GivenUp(LossCause.Thinned), station.Accepted.Count(p => !syd.Packets.Contains(p) && !mel.Packets.Contains(p) && !kept.Packets.Contains(p)));
        if (drained)
        {
            // Rows themselves may have been dropped for the region that lacks them: they count for the packets they stand for.
            var rows = syd.Thinned.Keys.Except(mel.Thinned.Keys).Sum(o => syd.Thinned[o].Packets) + mel.Thinned.Keys.Except(syd.Thinned.Keys).Sum(o => mel.Thinned[o].Packets);
            var packets = station.Accepted.Count(p => syd.Packets.Contains(p) != mel.Packets.Contains(p));
            Assert.Equal(station.GivenUp(LossCause.Evicted), packets + rows);
            Assert.All(station.Stores.Values, s => Assert.Equal(station.GivenUp(LossCause.Evicted), s.Losses.Sum(l => l.Packets)));
        }

        static void Merge(StoreModel from, StoreModel into)
        {
            foreach (var (offset, row) in from.Thinned)
            {
                into.Thinned[offset] = row;
            }

            into.TakeLosses(from);
        }
    }
}
