using OutbackUptime.ClickHouse.Schema;
using OutbackUptime.Grains.Stores;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.ClickHouse.Tests.Engine;

[Trait("Suite", "Slow")]
public sealed class StoreTests(StoreFixture fixture) : IClassFixture<StoreFixture>
{
    [Fact]
    public async Task Write_RoundTripsEveryColumn()
    {
        var (host, store) = await fixture.StartStoreAsync("roundtrip");
        using var _ = host;
        var row = Rows.Reading(9007199254740991, "trough-07", 999_999_999_999_999, hash: ulong.MaxValue, metrics: [("a", double.MaxValue), ("b", -0.0), ("c", double.Epsilon), ("d", 0.1 + 0.2)]);
        byte[] payload = [0, 10, 10, 255, .. "\n\nDROP TABLE readings '"u8];

        var commit = await store.WriteAsync(new StoreBatch("napperby", Rows.Epoch, [row], [Rows.Quarantined(7, payload)]));

        Assert.True(commit.Committed, commit.Detail);
        Assert.Equal(
            "napperby\ttrough-07\t999999999999999\t9007199254740991\tfalse\t18446744073709551615\t2026-11-23 01:02:03.456\t2026-11-23 01:02:03.456000\thub_clock\t" + Rows.Epoch + "\t9007199254740992\t{'a':1.7976931348623157e308,'b':-0,'c':5e-324,'d':0.30000000000000004}",
            await fixture.Server.QueryAsync("SELECT station, hub, boot, seq, boot_assigned, payload_hash, hub_time, received_at, clock_quality, journal_epoch, journal_offset, metrics FROM roundtrip.packets"));
        Assert.Equal(Convert.ToHexString(payload), await fixture.Server.QueryAsync("SELECT hex(payload) FROM roundtrip.quarantined WHERE journal_offset = 7 AND reason = 'it\\'s \"no\" JSON\\n'"));
    }

    [Fact]
    public async Task Write_WithAPasswordFile_WorksAsWithoutOne()
    {
        using var folder = new TempFolder();
        var password = Path.Combine(folder.FullPath, "password");
        await File.WriteAllTextAsync(password, "secret");
        var (host, store) = await new StoreFixtureOn(fixture.Server).StartStoreAsync("signed", password);
        using var _ = host;

        var commit = await store.WriteAsync(Rows.Batch(Rows.Reading(1), Rows.Reading(2)));

        Assert.True(commit.Committed, commit.Detail);
        Assert.Equal("2", await fixture.Server.QueryAsync("SELECT count() FROM signed.packets"));
    }

    [Theory]
    [InlineData("Host=store;Password=x", "/file", "leave one of them out")]
    [InlineData("", null, "ConnectionString is empty")]
    public void Options_WhenAStoreIsWronglyNamed_SaySo(string connectionString, string? passwordFile, string expected)
    {
        var options = new StoreOptions { Regions = { ["syd"] = new RegionStoreOptions { ConnectionString = connectionString, PasswordFile = passwordFile } } };

        var result = new StoreOptionsValidator().Validate(null, options);

        Assert.Contains(expected, result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Packets_WhenRowsAreWrittenAgain_ReadOnceWithTheFirstReceived()
    {
        var (host, store) = await fixture.StartStoreAsync("twice");
        using var _ = host;
        var lastMonth = Rows.Now.AddMonths(-1);
        await store.WriteAsync(Rows.Batch(Rows.Reading(1), Rows.Reading(2)));
        await store.WriteAsync(Rows.Batch(Rows.Reading(2), Rows.Reading(3)));
        await store.WriteAsync(Rows.Batch(Rows.Reading(3, receivedAt: lastMonth), Rows.Reading(3, receivedAt: Rows.Now.AddSeconds(5))));

        Assert.Equal("3\t3", await fixture.Server.QueryAsync("SELECT count(), uniq(seq) FROM twice.packets"));
        Assert.Equal("1", await fixture.Server.QueryAsync("SELECT count() FROM twice.packets WHERE seq = 3 AND toYYYYMM(received_at) = 202610"));
    }

    [Fact]
    public async Task HeatMap_WhenRowsAreWrittenAgain_StaysTheSame()
    {
        var (host, store) = await fixture.StartStoreAsync("heat");
        using var _ = host;
        for (var i = 0; i < 3; i++)
        {
            await store.WriteAsync(Rows.Batch(Rows.Reading(1, metrics: ("tank_level_pct", 70)), Rows.Reading(2, metrics: ("tank_level_pct", 60))));
        }

        Assert.Equal("60\t70\t2", await fixture.Server.QueryAsync("SELECT low, high, packets FROM heat.heatmap_minute WHERE metric = 'tank_level_pct'"));
    }

    [Fact]
    public async Task Start_OfManyAtOnce_AppliesTheSchemaOnce()
    {
        var hosts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => fixture.StartStoreAsync("many")));

        Assert.Equal($"{Migration.All.Count}", await fixture.Server.QueryAsync("SELECT count() FROM many.schema_migrations FINAL"));
        foreach (var (host, _) in hosts)
        {
            host.Dispose();
        }
    }

    [Fact]
    public async Task Start_WhenAnAppliedStepWasEdited_LeavesTheStoreAlone()
    {
        var (host, _) = await fixture.StartStoreAsync("edited");
        await host.StopAsync();
        host.Dispose();
        await fixture.Server.QueryAsync("INSERT INTO edited.schema_migrations SELECT '0001-readings', 'other', now() + 10");

        var inspection = StoreCheck.InspectAsync(new RegionStoreOptions { ConnectionString = $"Host=127.0.0.1;Port={fixture.Server.Port};Database=edited" }, TimeSpan.FromSeconds(20), CancellationToken.None);

        var error = await Assert.ThrowsAsync<Schema.SchemaMismatchException>(() => inspection);
        Assert.Contains("0001-readings", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadRecentKeys_GivesTheNewestOfEachBootOnce()
    {
        var (host, store) = await fixture.StartStoreAsync("keys");
        using var _ = host;
        var now = DateTimeOffset.FromUnixTimeSeconds(long.Parse(await fixture.Server.QueryAsync("SELECT toUnixTimestamp(now())")));
        for (var i = 0; i < 2; i++)
        {
            await store.WriteAsync(Rows.Batch([.. Enumerable.Range(0, 20).Select(s => Rows.Reading(s, receivedAt: now)), Rows.Reading(5, boot: 2, receivedAt: now)]));
        }

        var keys = await store.ReadRecentKeysAsync("napperby", 10, CancellationToken.None);

        Assert.Equal(11, keys.Count);
        Assert.Equal(Enumerable.Range(10, 10).Select(s => (long)s), keys.Where(k => k.Boot == 1).Select(k => k.Seq).Order());
        Assert.Equal(new CommittedKey("bore-01", 2, 5, (5 * 31) + 7), keys.Single(k => k.Boot == 2));
    }

    [Fact]
    public async Task ReadRecentKeys_OfManyStationsAtOnce_GivesEachItsOwn()
    {
        var (host, store) = await fixture.StartStoreAsync("manykeys");
        using var _ = host;
        var now = DateTimeOffset.FromUnixTimeSeconds(long.Parse(await fixture.Server.QueryAsync("SELECT toUnixTimestamp(now())")));
        var stations = Enumerable.Range(0, 150).Select(i => $"station-{i:000}").ToArray();
        await Task.WhenAll(stations.Select((s, i) => store.WriteAsync(new StoreBatch(s, Rows.Epoch, [.. Enumerable.Range(i, 3).Select(q => Rows.Reading(q, receivedAt: now))], [])).AsTask()));

        var keys = await Task.WhenAll(stations.Append("never-heard").Select(s => store.ReadRecentKeysAsync(s, 2, CancellationToken.None)));

        Assert.Empty(keys[^1]);
        Assert.All(stations.Select((_, i) => i), i => Assert.Equal([i + 1L, i + 2L], keys[i].Select(k => k.Seq).Order()));
    }

    [Fact]
    public async Task Kill_WhileRowsAreWritten_KeepsEveryCommittedRowOnceAndMendsTheRollUps()
    {
        await using var server = await Testing.Processes.ClickHouseServer.StartAsync();
        var own = new StoreFixtureOn(server);
        var (host, store) = await own.StartStoreAsync("killed");
        using var _ = host;
        var committed = 0;
        for (var round = 0; round < 3; round++)
        {
            var from = round * 10_000;
            var writers = Enumerable.Range(0, 4).Select(w => WriteUntilFailureAsync(store, from + (w * 2_000))).ToArray();
            await Testing.Eventually.TrueAsync(() => writers.Length > 0 && StoreFixtureOn.Inserted(host) > (round * 200) + 100);
            await server.KillAsync();
            var unsure = await Task.WhenAll(writers);
            await server.StartProcessAsync();
            await Testing.Eventually.TrueAsync(() => store.IsAvailable, TimeSpan.FromSeconds(60));

            // What the gateway would do: the same rows again.
            foreach (var (last, batch) in unsure)
            {
                Assert.True((await store.WriteAsync(batch)).Committed);
                committed += last;
            }
        }

        Assert.Equal($"{committed}\t{committed}", await server.QueryAsync("SELECT count(), uniqExact(seq) FROM killed.packets"));
        Assert.Equal($"{committed}", await server.QueryAsync("SELECT uniqExact(seq) FROM killed.readings"));
        Assert.Equal($"{12.5}", await server.QueryAsync("SELECT min(low) FROM killed.heatmap_minute"));
        Assert.Equal(
            await server.QueryAsync("SELECT max(metrics['battery_v']) FROM killed.packets"),
            await server.QueryAsync("SELECT max(high) FROM killed.heatmap_minute"));
    }

    // Ten rows a batch, until one fails: rows written with the failed ones counted, and the failed batch.
    private static async Task<(int Rows, StoreBatch Unsure)> WriteUntilFailureAsync(IRegionStore store, int from)
    {
        for (var i = 0; ; i += 10)
        {
            var first = from + i;
            var batch = Rows.Batch([.. Enumerable.Range(first, 10).Select(s => Rows.Reading(s, receivedAt: Rows.Now))]);
            if (!(await store.WriteAsync(batch)).Committed)
            {
                return (i + 10, batch);
            }
        }
    }
}
