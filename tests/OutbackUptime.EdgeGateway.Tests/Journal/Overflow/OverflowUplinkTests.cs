using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OutbackUptime.Domain.Losses;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.EdgeGateway.Tests.Uplink;
using OutbackUptime.EdgeGateway.Uplink;
using OutbackUptime.Testing;
using OutbackUptime.Uplink;

namespace OutbackUptime.EdgeGateway.Tests.Journal.Overflow;

/// <summary>Real journal, real pump, a region whose peer's store is down for longer than the journal holds.</summary>
[Trait("Suite", "Slow")]
[Collection(UplinkCollection.Name)]
public sealed class OverflowUplinkTests
{
    [Fact]
    public async Task AStoreThatIsDownForLong_GetsWhatIsLeft_AndTheNamesOfTheRest()
    {
        await using var station = new DarkStation(new JournalOptions { MaxBytes = 400_000 });
        await station.OpenAsync();
        var rows = new RegionRows();
        await using var syd = new FaultyRegion("syd", rows);
        syd.StoresDown["mel"] = true;
        await syd.StartAsync();
        using var host = Pump(station, syd);
        await host.StartAsync();

        while (station.GivenUp(LossCause.Evicted) < 500)
        {
            Assert.True(await station.PublishAsync(TimeSpan.FromMinutes(10), ("pump-01", 6), ("bore-1", 60)));
            await Eventually.TrueAsync(() => station.Journal.Committed["syd"].CoveredThrough(1) == station.Journal.NextOffset - 1);
        }

        syd.StoresDown.TryRemove("mel", out _);
        await Eventually.TrueAsync(() => station.Journal.Depth == 0, TimeSpan.FromSeconds(60));
        await host.StopAsync();

        var sent = syd.Frames.SelectMany(f => f.Entries).DistinctBy(e => e.Offset).ToList();
        foreach (var (region, store) in station.Stores)
        {
            sent.Where(e => rows.Has(region, e.Offset)).ToList().ForEach(e => store.Commit(Entry(e)));
            Assert.Empty(store.Unnamed(station.Accepted.Except(store.Packets), region));
        }

        Assert.Equal(station.Accepted.Count, station.Stores["syd"].Packets.Count);
        Assert.InRange(station.Accepted.Count - station.Stores["mel"].Packets.Count, 400, station.GivenUp(LossCause.Evicted));
        Assert.All(station.Stores.Values, s => Assert.Equal(station.GivenUp(LossCause.Evicted), s.Losses.Sum(l => l.Packets)));
    }

    private static JournalEntry Entry(Entry e) => new(
        e.Offset, (JournalEntryKind)(int)e.Kind, e.Hub, e.Boot, e.BootAssigned, e.Seq, DateTimeOffset.UnixEpoch, 0, e.Payload.ToByteArray(), "", "", "");

    private static IHost Pump(DarkStation station, FaultyRegion syd)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([new("Uplink:Regions:syd:Endpoints:0", syd.EndpointAt(syd.Port)), new("Uplink:Regions:mel:Endpoints:0", "http://127.0.0.1:1")]);
        builder.Services.AddMetrics();
        builder.Services.Configure<GatewayOptions>(o => (o.Station, o.HomeRegion) = ("napperby", "syd"));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new Random(1));
        builder.Services.AddSingleton<IUplinkJournal>(station.Journal);
        builder.Services.AddUplink(builder.Configuration);
        return builder.Build();
    }
}
