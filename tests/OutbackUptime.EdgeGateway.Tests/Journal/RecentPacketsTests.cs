using Microsoft.Data.Sqlite;
using OutbackUptime.Domain.Boots;
using OutbackUptime.Domain.Ranges;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.Testing;

namespace OutbackUptime.EdgeGateway.Tests.Journal;

/// <summary>Where recent packets are kept: the log of arrivals, and the rings behind it.</summary>
public sealed class RecentPacketsTests : IAsyncLifetime
{
    private static readonly string[] s_hubs = ["bore-01", "bore-02", "bore-03"];
    private readonly JournalFixture _fixture = new();

    private SqliteJournal Journal => _fixture.Journal;

    public Task InitializeAsync() => _fixture.OpenAsync();

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Append_OfEachPacketThatARingHolds_IsADuplicate_AlsoAcrossARestart(bool isShort)
    {
        await ReopenAsync(isShort);
        await AppendAsync(0, HubBoots.Capacity + 60);
        foreach (var region in (string[])["syd", "mel"])
        {
            Journal.MarkCommitted(region, [new OffsetRange(1, Journal.NextOffset - 1)]);
        }

        await Eventually.TrueAsync(() => Journal.Depth == 0);
        await ReopenAsync(isShort);

        var statuses = await Task.WhenAll(Enumerable.Range(60, HubBoots.Capacity).SelectMany(seq => s_hubs.Select(hub => Journal.AppendAsync(Packet(seq, hub)))));

        Assert.All(statuses, s => Assert.Equal(AppendStatus.Duplicate, s.Status));
        Assert.Equal(AppendStatus.Accepted, (await Journal.AppendAsync(Packet(0, s_hubs[0]))).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Append_OfMoreHubsThanAreKeptInMemory_KnowsThePacketsOfAll_AlsoAcrossARestart(bool isShort)
    {
        var few = new JournalOptions { HubsInMemory = 16 };
        await ReopenAsync(isShort, few);
        var packets = Enumerable.Range(0, 30).SelectMany(seq => Enumerable.Range(1, 40).Select(hub => Packet(seq, $"bore-{hub:00}"))).ToList();
        await Task.WhenAll(packets.Select(Journal.AppendAsync));

        Assert.All(await Task.WhenAll(packets.Select(Journal.AppendAsync)), s => Assert.Equal(AppendStatus.Duplicate, s.Status));
        Assert.Equal(packets.Count, Journal.Depth);

        await ReopenAsync(isShort, few);
        Assert.All(await Task.WhenAll(packets.Select(Journal.AppendAsync)), s => Assert.Equal(AppendStatus.Duplicate, s.Status));
        Assert.Equal(AppendStatus.Accepted, (await Journal.AppendAsync(Packet(30, "bore-40"))).Status);
        Assert.Equal((packets.Count + 1, 0), (Journal.Depth, Journal.Salvages));
    }

    [Fact]
    public async Task Append_OfHubsOfAllPaces_KeepsTheLogOfArrivalsShort()
    {
        await Journal.AppendAsync(Packet(0, "quiet"));
        await AppendAsync(0, 300);

        // 8 offsets, what one commit adds, and an eighth that is cut off at a time.
        Assert.InRange(await NumberAsync("SELECT count(*) FROM arrivals"), 0, 13);
        Assert.Equal(1, await NumberAsync("SELECT count(*) FROM recent WHERE hub = 'quiet'"));
        Assert.Equal((3 * HubBoots.Capacity) + 1, await NumberAsync("SELECT count(*) FROM (SELECT hub, seq % 256 FROM recent UNION SELECT hub, seq % 256 FROM arrivals)"));
        Assert.Equal(AppendStatus.Duplicate, (await Journal.AppendAsync(Packet(0, "quiet"))).Status);
    }

    [Fact]
    public async Task Open_OfAVersion2Journal_KnowsItsRecentPackets()
    {
        await AppendAsync(0, 100);
        await _fixture.CloseAsync();
        await ExecuteAsync($"""
            INSERT OR REPLACE INTO recent SELECT hub, seq % 256, boot, seq, hash, offset, crc FROM arrivals;
            DROP TABLE arrivals;
            UPDATE meta SET value = '2', crc = {RowChecksum.OfMeta("schema", "2")} WHERE key = 'schema';
            """);

        await _fixture.OpenAsync();

        Assert.Equal(AppendStatus.Duplicate, (await Journal.AppendAsync(Packet(99, s_hubs[0]))).Status);
        Assert.Equal(AppendStatus.Accepted, (await Journal.AppendAsync(Packet(100, s_hubs[0]))).Status);
        Assert.Equal((302, 0), (Journal.NextOffset, Journal.Salvages));
        await ReopenAsync(isShort: true);
        Assert.Equal(AppendStatus.Duplicate, (await Journal.AppendAsync(Packet(100, s_hubs[0]))).Status);
    }

    [Fact]
    public async Task Open_OfAnotherStationsVersion2Journal_LeavesItAsItIs()
    {
        await _fixture.CloseAsync();
        await ExecuteAsync($"DROP TABLE arrivals; UPDATE meta SET value = '2', crc = {RowChecksum.OfMeta("schema", "2")} WHERE key = 'schema'");

        await Assert.ThrowsAsync<JournalException>(() => _fixture.OpenAsync(station: "coolibah"));

        Assert.Equal(0, await NumberAsync("SELECT count(*) FROM sqlite_schema WHERE name = 'arrivals'"));
        await _fixture.OpenAsync();
    }

    [Theory]
    [InlineData("hash = hash + 1")]
    [InlineData("hub = 'bore-02'")]
    [InlineData("offset = 1000000")]
    public async Task Open_WhenARowOfTheLogIsDamaged_WritesItAgainFromTheEntry(string damage)
    {
        await ReopenAsync(isShort: false);
        await AppendAsync(0, 10);
        await _fixture.CloseAsync();
        await ExecuteAsync($"UPDATE arrivals SET {damage} WHERE hub = 'bore-01' AND seq = 9");

        await _fixture.OpenAsync();

        Assert.Equal(0, Journal.Salvages);
        Assert.Equal(AppendStatus.Duplicate, (await Journal.AppendAsync(Packet(9, "bore-01"))).Status);
        Assert.Equal(AppendStatus.Duplicate, (await Journal.AppendAsync(Packet(9, "bore-02"))).Status);
        Assert.Equal(30, Journal.Depth);
    }

    [Fact]
    public async Task Append_WhenARowOfTheLogIsDamagedMeanwhile_IsJournaledInASalvagedFile_ThatKnowsThePacket()
    {
        await ReopenAsync(isShort: false);
        await AppendAsync(0, 10);
        await ReopenAsync(isShort: false);
        await ExecuteAsync("UPDATE arrivals SET seq = seq + 1 WHERE offset = 30");

        Assert.Equal(AppendStatus.Accepted, (await Journal.AppendAsync(Packet(10, "bore-01"))).Status);

        Assert.Equal((1, 0), (Journal.Salvages, Journal.Lost));
        Assert.Equal(AppendStatus.Duplicate, (await Journal.AppendAsync(Packet(9, "bore-03"))).Status);
    }

    [Fact]
    public async Task Append_WithoutBoots_AfterARestart_StaysInTheBoot_WhereverItsPacketsAre()
    {
        foreach (var isShort in (bool[])[true, false, true])
        {
            await ReopenAsync(isShort);
            for (var i = 0; i < 40; i++)
            {
                await Journal.AppendAsync(JournalFixture.Packet(Journal.NextOffset, null, "bore-01", Journal.NextOffset));
            }
        }

        Assert.Single(Journal.Read([new OffsetRange(1, Journal.NextOffset - 1)], 1000, int.MaxValue).Select(e => e.Boot).Distinct());
    }

    private static IncomingPacket Packet(long seq, string hub) => JournalFixture.Packet(seq, hub: hub, value: seq);

    private async Task ReopenAsync(bool isShort, JournalOptions? options = null)
    {
        await _fixture.CloseAsync();
        _fixture.IsArrivalLogShort = isShort;
        await _fixture.OpenAsync(options);
    }

    private async Task AppendAsync(int first, int end)
    {
        for (var seq = first; seq < end; seq++)
        {
            await Task.WhenAll(s_hubs.Select(hub => Journal.AppendAsync(Packet(seq, hub))));
        }
    }

    private async Task<long> NumberAsync(string sql) => (long)(await WithCommandAsync(sql, c => c.ExecuteScalarAsync()))!;

    private Task ExecuteAsync(string sql) => WithCommandAsync(sql, c => c.ExecuteNonQueryAsync());

    private async Task<T> WithCommandAsync<T>(string sql, Func<SqliteCommand, Task<T>> run)
    {
        await using var connection = new SqliteConnection($"Data Source={_fixture.Path};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await run(command);
    }
}
