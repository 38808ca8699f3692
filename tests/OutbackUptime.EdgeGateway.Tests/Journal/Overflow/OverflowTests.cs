using OutbackUptime.Domain.Losses;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.Testing;

namespace OutbackUptime.EdgeGateway.Tests.Journal.Overflow;

/// <summary>Weeks of silence on a real, small journal: what is given up is what the policy says, and all of it is named.</summary>
[Trait("Suite", "Slow")]
public sealed class OverflowTests
{
    internal const long Quota = 800_000;
    internal static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    internal static readonly (string, int)[] Hubs = [("pump-01", 6), .. Enumerable.Range(1, 5).Select(i => ($"bore-{i}", 60))];

    [Fact]
    public async Task OneRegionDark_NeverRefuses_AndNothingIsThinned()
    {
        await using var station = new DarkStation(new JournalOptions { MaxBytes = Quota });
        await station.OpenAsync();
        for (var i = 0; i < 20; i++)
        {
            Assert.True(await station.PublishAsync(Hour, Hubs));
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
        Assert.True(await station.PublishAsync(10 * Hour, Hubs));
        Assert.Empty(station.Journal.GivenUp);

        Assert.True(await station.PublishAsync(Hour / 2, Hubs));
        await Eventually.TrueAsync(() => station.Kept().Thinned.Count > 0);
        Assert.True(await station.PublishAsync(5 * Hour, Hubs));

        // What is left raw is younger, or too little to be worth a row.
        await Eventually.TrueAsync(() => station.Count(JournalEntryKind.Packet) < 11 * (600 + 300));
        AssertEverythingIsNamed(station, drained: false);
        await DrainedAsync(station);
        AssertEverythingIsNamed(station, drained: true);
    }

    /// <summary>Regions come and go as they like, the gateway restarts: every packet is in both stores, kept, or named; none twice.</summary>
    internal static async Task DrainedAsync(DarkStation station)
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
    internal static void AssertEverythingIsNamed(DarkStation station, bool drained)
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
