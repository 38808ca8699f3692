using OutbackUptime.Domain.Losses;
using OutbackUptime.Grains.Stores;

namespace OutbackUptime.ClickHouse.Tests.Engine;

[Trait("Suite", "Slow")]
public sealed class LossTests(StoreFixture fixture) : IClassFixture<StoreFixture>
{
    [Fact]
    public async Task Write_OfLossesAndThinnedRows_RoundTripsEveryColumn()
    {
        var (host, store) = await fixture.StartStoreAsync("losses_roundtrip");
        using var _ = host;

        var commit = await store.WriteAsync(Batch([Loss(900, 1, 100, "it's\nnamed")], [Thin(901)]));

        Assert.True(commit.Committed, commit.Detail);
        Assert.Equal(
            $"napperby\t{Rows.Epoch}\t900\t2026-11-23 01:02:03.456000\tevicted\t1\t100\t90\tbore-01\t7\t11\t9007199254740991\t['mel']\tit\\'s\\nnamed",
            await fixture.Server.QueryAsync("SELECT station, journal_epoch, journal_offset, received_at, cause, first_offset, last_offset, packets, hub, boot, first_seq, last_seq, missing_in, detail FROM losses_roundtrip.losses"));
        Assert.Equal(
            $"napperby\t{Rows.Epoch}\t901\t2026-11-23 01:02:03.456000\tbore-01\t7\t11\t40\t30\t2026-11-23 01:00:00\t{{'a':-1,'b':0.1}}\t{{'a':0,'b':0.2}}\t{{'a':1,'b':1.7976931348623157e308}}\t{{'a':0.5,'b':0.30000000000000004}}",
            await fixture.Server.QueryAsync("SELECT station, journal_epoch, journal_offset, received_at, hub, boot, first_seq, last_seq, packets, bucket, low, mean, high, latest FROM losses_roundtrip.thinned"));
    }

    [Fact]
    public async Task Views_WhenWrittenAgain_ReadOnce()
    {
        var (host, store) = await fixture.StartStoreAsync("losses_twice");
        using var _ = host;
        for (var i = 0; i < 3; i++)
        {
            Assert.True((await store.WriteAsync(Batch([Loss(900, 1, 100)], [Thin(901)]))).Committed);
        }

        Assert.Equal("1\t90", await fixture.Server.QueryAsync("SELECT count(), sum(packets) FROM losses_twice.losses"));
        Assert.Equal("1\t30", await fixture.Server.QueryAsync("SELECT count(), sum(packets) FROM losses_twice.thinned"));
    }

    [Fact]
    public async Task Losses_WhenARecordHasGrown_ShowsTheLaterOneOnly()
    {
        var (host, store) = await fixture.StartStoreAsync("losses_grown");
        using var _ = host;
        await store.WriteAsync(Batch([Loss(900, 1, 100), Loss(950, 1, 200), Loss(960, 300, 400)], []));

        Assert.Equal("950\t200\n960\t400", await fixture.Server.QueryAsync("SELECT journal_offset, last_offset FROM losses_grown.losses ORDER BY journal_offset"));
    }

    private static StoreBatch Batch(IReadOnlyList<LossRow> losses, IReadOnlyList<ThinRow> thinned) => Rows.Batch() with { Losses = losses, Thinned = thinned };

    private static LossRow Loss(long offset, long first, long last, string detail = "") => new()
    {
        JournalOffset = offset,
        ReceivedAt = Rows.Now,
        Cause = LossCause.Evicted,
        FirstOffset = first,
        LastOffset = last,
        Packets = 90,
        Hub = "bore-01",
        Boot = 7,
        FirstSeq = 11,
        LastSeq = 9007199254740991,
        MissingIn = ["mel"],
        Detail = detail,
    };

    private static ThinRow Thin(long offset) => new()
    {
        JournalOffset = offset,
        ReceivedAt = Rows.Now,
        Hub = "bore-01",
        Boot = 7,
        FirstSeq = 11,
        LastSeq = 40,
        Packets = 30,
        Bucket = new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero),
        MetricNames = ["a", "b"],
        Low = [-1, 0.1],
        Mean = [0, 0.2],
        High = [1, double.MaxValue],
        Latest = [0.5, 0.1 + 0.2],
    };
}
