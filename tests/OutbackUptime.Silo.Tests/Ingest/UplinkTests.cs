using System.Net;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using OutbackUptime.Domain.Losses;
using OutbackUptime.Silo.Tests.Hosting;
using OutbackUptime.Testing;
using OutbackUptime.Uplink;

namespace OutbackUptime.Silo.Tests.Ingest;

[Collection(RegionsCollection.Name)]
public sealed class UplinkTests(RegionsFixture fixture) : IAsyncLifetime
{
    private readonly string _cluster = $"c{Guid.NewGuid():N}";
    private SiloProcess _silo = null!;

    public async Task InitializeAsync()
    {
        _silo = new SiloProcess(fixture, _cluster, "syd", fixture.Registry(_cluster, "wave-hill", "napperby"));
        await _silo.WaitReadyAsync();
    }

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task AGateway_WithItsStationsCertificate_CommitsToBothStoresOnce()
    {
        using var gateway = _silo.ConnectAs("wave-hill");
        var welcome = await gateway.HelloAsync("wave-hill");
        Assert.Equal(("syd", "syd-1"), (welcome.Region, welcome.Silo));

        await gateway.SendAsync("bore-01", 1, 2, 3);
        var again = await gateway.SendAsync("bore-01", 2, 3, 4);

        Assert.Equal(ReceiptStatus.Final, again.Status);
        Assert.Equal(["mel", "syd"], again.CommittedRegions.Order());
        foreach (var region in new[] { "syd", "mel" })
        {
            Assert.Equal("4\t1\t4", await fixture.QueryAsync($"SELECT count(), min(seq), max(seq) FROM {region}.packets WHERE station = 'wave-hill'"));
        }
    }

    [Fact]
    public async Task LossesAndThinnedRows_AreInBothStoresBeforeTheReceipt_AndWhatCantBeReadIsQuarantined()
    {
        using var gateway = _silo.ConnectAs("napperby");
        await gateway.HelloAsync("napperby");
        var loss = new LossRecord(LossCause.Evicted, 1, 9, 5, "bore-01", 1, 3, 9, ["mel"], "");
        var thinned = new ThinnedRow("bore-01", 1, 10, 39, 30, DateTimeOffset.UnixEpoch, new Dictionary<string, ThinnedMetric> { ["tank_level_pct"] = new(70, 71, 72, 70.5) });

        var receipt = await gateway.SendAsync([
            Entry(101, EntryKind.Loss, LossRecordJson.Write(loss)),
            Entry(102, EntryKind.Thinned, ThinnedRowJson.Write(thinned)),
            Entry(103, EntryKind.Loss, LossRecordJson.Write(loss with { Packets = 0 })),
            Entry(104, EntryKind.Thinned, "{}"u8.ToArray())]);

        Assert.Equal(ReceiptStatus.Final, receipt.Status);
        Assert.Equal(["mel", "syd"], receipt.CommittedRegions.Order());
        foreach (var region in new[] { "syd", "mel" })
        {
            Assert.Equal("101\tevicted\t5\t3\t9\t['mel']", await fixture.QueryAsync($"SELECT journal_offset, cause, packets, first_seq, last_seq, missing_in FROM {region}.losses WHERE journal_epoch = '{gateway.Epoch}'"));
            Assert.Equal("102\t30\t70\t71\t72\t70.5", await fixture.QueryAsync($"SELECT journal_offset, packets, low['tank_level_pct'], mean['tank_level_pct'], high['tank_level_pct'], latest['tank_level_pct'] FROM {region}.thinned WHERE journal_epoch = '{gateway.Epoch}'"));
            Assert.Equal("103\tloss-invalid\n104\tthinned-invalid", await fixture.QueryAsync($"SELECT journal_offset, reason_code FROM {region}.quarantined WHERE journal_epoch = '{gateway.Epoch}' ORDER BY journal_offset"));
        }

        static Entry Entry(long offset, EntryKind kind, byte[] payload) => new() { Offset = offset, Kind = kind, Hub = "bore-01", ReceivedAtUs = 1_795_000_000_000_000, Payload = ByteString.CopyFrom(payload) };
    }

    [Fact]
    public async Task ARepairedTime_IsTheEventTimeInBothStores_BesideTheHubsClaim()
    {
        using var gateway = _silo.ConnectAs("napperby");
        await gateway.HelloAsync("napperby");
        var entry = new Entry
        {
            Offset = 1,
            Kind = EntryKind.Packet,
            Hub = "bore-70",
            Boot = 1,
            Seq = 5,
            ReceivedAtUs = 1_795_482_123_000_000,
            EventTimeUs = 1_795_478_523_250_000,
            Payload = ByteString.CopyFromUtf8("""{"seq":5,"boot":1,"ts":"1970-01-01T02:00:00Z","metrics":{"tank_level_pct":71.5}}"""),
        };

        await Eventually.TrueAsync(async () => (await gateway.SendAsync([entry])).CommittedRegions.Count == 2);
        Assert.Equal(ReceiptStatus.Rejected, (await gateway.SendAsync([new Entry(entry) { Offset = 2, EventTimeUs = entry.ReceivedAtUs + 1 }])).Status);

        foreach (var region in new[] { "syd", "mel" })
        {
            Assert.Equal(
                "repaired\t1970-01-01 02:00:00.000\t2026-11-24 00:02:03.250\t2026-11-24 01:02:03.000000",
                await fixture.QueryAsync($"SELECT clock_quality, hub_time, event_time, received_at FROM {region}.packets WHERE hub = 'bore-70'"));
        }
    }

    [Fact]
    public async Task AGateway_MaySpeakOnlyForItsOwnStation()
    {
        using var gateway = _silo.ConnectAs("napperby");

        var refused = await Assert.ThrowsAsync<RpcException>(() => gateway.HelloAsync("wave-hill"));

        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
        Assert.Contains("spiffe://outback-uptime/station/wave-hill", refused.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AStranger_LearnsNothing()
    {
        using var without = _silo.Connect(null);
        using var otherCa = _silo.Connect(fixture.CertificateOf("wave-hill", fixture.AnotherCa()));

        // Refused in the handshake: no status of ours is ever sent.
        Assert.Equal(StatusCode.Unavailable, await StatusOfAsync(without));
        Assert.Equal(StatusCode.Unavailable, await StatusOfAsync(otherCa));

        static async Task<StatusCode> StatusOfAsync(GatewayStream gateway)
        {
            var code = (await Assert.ThrowsAsync<RpcException>(() => gateway.HelloAsync("wave-hill"))).StatusCode;
            // The handshake's failure shows as either, by when the client sees it.
            return code == StatusCode.Internal ? StatusCode.Unavailable : code;
        }
    }

    [Fact]
    public async Task AStation_IsUnknownUntilTheRegistryHasIt()
    {
        using (var early = _silo.ConnectAs("tobermorey"))
        {
            var refused = await Assert.ThrowsAsync<RpcException>(() => early.HelloAsync("tobermorey"));
            Assert.Equal(StatusCode.NotFound, refused.StatusCode);
            Assert.Contains("'tobermorey' is not in the registry", refused.Status.Detail, StringComparison.Ordinal);
        }

        fixture.Registry(_cluster, "wave-hill", "napperby", "tobermorey");

        await Eventually.TrueAsync(async () =>
        {
            using var gateway = _silo.ConnectAs("tobermorey");
            try
            {
                return await gateway.HelloAsync("tobermorey") is not null;
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
            {
                return false;
            }
        });
    }

    [Fact]
    public async Task ARegistryThatIsNoGood_LeavesTheOldOne()
    {
        await File.WriteAllTextAsync(fixture.Registry(_cluster, "wave-hill"), """{"regions":["syd","mel"],"stations":[{"id":"Bad Name"}]}""");
        await Eventually.TrueAsync(() => _silo.Output.Contains("$.stations[0].id", StringComparison.Ordinal));

        using var gateway = _silo.ConnectAs("wave-hill");
        Assert.NotNull(await gateway.HelloAsync("wave-hill"));
    }

    [Fact]
    public async Task TheAdminPort_TakesNoGateways()
    {
        using var gateway = new GatewayStream(GrpcChannel.ForAddress(_silo.Admin.BaseAddress!));

        await Assert.ThrowsAsync<RpcException>(() => gateway.HelloAsync("wave-hill"));
        Assert.Equal(HttpStatusCode.OK, (await _silo.Admin.GetAsync("/healthz/live")).StatusCode);
    }
}
