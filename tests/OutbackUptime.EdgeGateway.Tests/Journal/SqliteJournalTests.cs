using Microsoft.Data.Sqlite;
using OutbackUptime.Domain.Packets;
using OutbackUptime.Domain.Ranges;
using OutbackUptime.Domain.Uplink;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.Testing;

namespace OutbackUptime.EdgeGateway.Tests.Journal;

public sealed class SqliteJournalTests : IAsyncLifetime
{
    private static readonly string[] s_regions = ["syd", "mel"];
    private readonly JournalFixture _fixture = new();

    private SqliteJournal Journal => _fixture.Journal;

    public Task InitializeAsync() => _fixture.OpenAsync();

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    [Fact]
    public async Task Append_GivesRisingOffsets_AndReadsBack()
    {
        for (var seq = 0; seq < 5; seq++)
        {
            Assert.Equal(AppendStatus.Accepted, (await Journal.AppendAsync(JournalFixture.Packet(seq))).Status);
        }

        var entries = Journal.Read([new OffsetRange(1, 5)], 100, int.MaxValue);

        Assert.Equal([1, 2, 3, 4, 5], entries.Select(e => e.Offset));
        Assert.Equal([0, 1, 2, 3, 4], entries.Select(e => e.Seq));
        Assert.All(entries, e => Assert.True(e.AppendedTimestamp > 0));
    }

    [Fact]
    public async Task Append_OfTheSamePacket_IsNotJournaledAgain()
    {
        await Journal.AppendAsync(JournalFixture.Packet(1));

        Assert.Equal(AppendStatus.Duplicate, (await Journal.AppendAsync(JournalFixture.Packet(1))).Status);
        Assert.Equal(1, Journal.Depth);
    }

    [Fact]
    public async Task Append_OfOneKeyWithAnotherPayload_IsQuarantined()
    {
        await Journal.AppendAsync(JournalFixture.Packet(1, value: 1));

        var result = await Journal.AppendAsync(JournalFixture.Packet(1, value: 2));

        Assert.Equal(AppendStatus.Quarantined, result.Status);
        Assert.Equal(FaultCodes.KeyConflict, Journal.Read([new OffsetRange(2, 2)], 1, int.MaxValue).Single().ReasonCode);
    }

    [Fact]
    public async Task Append_WithoutBoot_GetsABootThatSurvivesARestart()
    {
        await Journal.AppendAsync(JournalFixture.Packet(1, boot: null, value: 1));
        await _fixture.CloseAsync();
        await _fixture.OpenAsync();
        await Journal.AppendAsync(JournalFixture.Packet(2, boot: null, value: 2));
        await Journal.AppendAsync(JournalFixture.Packet(1, boot: null, value: 3));

        var entries = Journal.Read([new OffsetRange(1, 3)], 10, int.MaxValue);

        Assert.All(entries, e => Assert.True(e.BootAssigned));
        Assert.Equal(entries[0].Boot, entries[1].Boot);
        Assert.True(entries[2].Boot > entries[1].Boot, "the same seq with another payload is a restart");
        Assert.Equal(AppendStatus.Duplicate, (await Journal.AppendAsync(JournalFixture.Packet(2, boot: null, value: 2))).Status);
    }

    [Fact]
    public async Task Reopen_KeepsEpochOffsetsAndEntries()
    {
        await Journal.AppendAsync(JournalFixture.Packet(1));
        var epoch = Journal.Epoch;

        await _fixture.CloseAsync();
        await _fixture.OpenAsync();

        Assert.Equal(epoch, Journal.Epoch);
        Assert.Equal(2, Journal.NextOffset);
        Assert.Equal(0, Journal.Read([new OffsetRange(1, 1)], 1, int.MaxValue).Single().AppendedTimestamp);
    }

    [Fact]
    public async Task Open_OfAnotherStationsJournal_IsRefused()
    {
        await _fixture.CloseAsync();

        var error = await Assert.ThrowsAsync<JournalException>(() => _fixture.OpenAsync(station: "coolibah"));

        Assert.Contains("belongs to station 'napperby'", error.Message, StringComparison.Ordinal);
        await _fixture.OpenAsync();
    }

    [Fact]
    public async Task MarkCommitted_TrimsWhatEveryRegionHas_AndNothingElse()
    {
        for (var seq = 0; seq < 10; seq++)
        {
            await Journal.AppendAsync(JournalFixture.Packet(seq));
        }

        Journal.MarkCommitted("syd", [new OffsetRange(1, 8)]);
        Journal.MarkCommitted("mel", [new OffsetRange(3, 5)]);
        await Eventually.TrueAsync(() => Journal.Depth == 7);

        Assert.Equal([1, 2, 6, 7, 8, 9, 10], Offsets());
        await _fixture.CloseAsync();
        await _fixture.OpenAsync();
        Assert.Equal([1, 2, 6, 7, 8, 9, 10], Offsets());
        Assert.Equal([new OffsetRange(1, 8)], Journal.Committed["syd"].Ranges);
        Assert.Equal(11, Journal.NextOffset);
    }

    [Fact]
    public async Task Offsets_AreNotUsedAgainAfterATrim()
    {
        await Journal.AppendAsync(JournalFixture.Packet(1));
        foreach (var region in s_regions)
        {
            Journal.MarkCommitted(region, [new OffsetRange(1, 1)]);
        }

        await Eventually.TrueAsync(() => Journal.Depth == 0);
        await _fixture.CloseAsync();
        await _fixture.OpenAsync();

        Assert.Equal(2, Journal.NextOffset);
        Assert.Equal(2, Journal.FirstOffset);
    }

    [Fact]
    public async Task Append_AtTheQuota_IsRefusedAndNothingIsWritten()
    {
        await _fixture.CloseAsync();
        await _fixture.OpenAsync(new JournalOptions { MaxBytes = 1 });

        Assert.Equal(AppendStatus.QuotaExceeded, (await Journal.AppendAsync(JournalFixture.Packet(1))).Status);
        Assert.Equal(0, Journal.Depth);
    }

    [Fact]
    public async Task Append_WhenTheCommitFails_IsNotAcknowledged_AndTheNextOneWorks()
    {
        await using (var other = new SqliteConnection($"Data Source={_fixture.Path};Pooling=False;Default Timeout=1"))
        {
            await other.OpenAsync();
            await using var block = other.CreateCommand();
            // A trigger that refuses stands for a disk that does.
            block.CommandText = "CREATE TRIGGER refuse BEFORE INSERT ON entries BEGIN SELECT RAISE(ABORT, 'disk full'); END";
            await block.ExecuteNonQueryAsync();

            await Assert.ThrowsAsync<JournalException>(() => Journal.AppendAsync(JournalFixture.Packet(1, boot: null)));
            block.CommandText = "DROP TRIGGER refuse";
            await block.ExecuteNonQueryAsync();
        }

        Assert.Equal(AppendStatus.Accepted, (await Journal.AppendAsync(JournalFixture.Packet(1, boot: null))).Status);
        Assert.Equal(1, Journal.Depth);
    }

    [Fact]
    public async Task ManyHubsAtOnce_EachPacketIsThereOnce()
    {
        var appends = Enumerable.Range(0, 20).SelectMany(h => Enumerable.Range(0, 50).Select(s => Journal.AppendAsync(JournalFixture.Packet(s, hub: $"hub-{h}")))).ToArray();

        var results = await Task.WhenAll(appends);

        Assert.All(results, r => Assert.Equal(AppendStatus.Accepted, r.Status));
        var entries = Journal.Read([new OffsetRange(1, 1000)], 2000, int.MaxValue);
        Assert.Equal(1000, entries.Select(e => (e.Hub, e.Seq)).Distinct().Count());
    }

    [Fact]
    public async Task Read_StopsAtItsLimits_ButGivesAtLeastOne()
    {
        for (var seq = 0; seq < 5; seq++)
        {
            await Journal.AppendAsync(JournalFixture.Packet(seq));
        }

        Assert.Equal(2, Journal.Read([new OffsetRange(1, 5)], 2, int.MaxValue).Count);
        Assert.Single(Journal.Read([new OffsetRange(1, 5)], 5, 1));
        Assert.Equal([2, 5], Journal.Read([new OffsetRange(2, 2), new OffsetRange(5, 5)], 5, int.MaxValue).Select(e => e.Offset));
    }

    [Fact]
    public async Task WaitForAppend_EndsWithTheAppend()
    {
        var waiting = Journal.WaitForAppendAsync(1, CancellationToken.None).AsTask();
        Assert.False(waiting.IsCompleted);

        await Journal.AppendAsync(JournalFixture.Packet(1));

        await waiting.WaitAsync(TimeSpan.FromSeconds(10));
    }

    private long[] Offsets() => [.. Journal.Read([new OffsetRange(1, 100)], 100, int.MaxValue).Select(e => e.Offset)];

    [Fact]
    public async Task NewestPackets_AreEachHubsLast_AlsoOfAnEarlierProcess()
    {
        await Journal.AppendAsync(JournalFixture.Packet(1, hub: "bore-01"));
        await Journal.AppendAsync(JournalFixture.Packet(1, hub: "bore-02"));
        await Journal.AppendAsync(JournalFixture.Packet(2, hub: "bore-01"));
        Assert.Equal([2, 3], Journal.NewestPackets().Order());

        await _fixture.CloseAsync();
        await _fixture.OpenAsync();
        await Journal.AppendAsync(JournalFixture.Packet(3, hub: "bore-01"));

        Assert.Equal([2, 4], Journal.NewestPackets().Order());
    }

    [Fact]
    public async Task ReadRuns_TellsNeighboursOfTheSameHub()
    {
        foreach (var (hub, seq) in new[] { ("a", 1), ("a", 2), ("b", 1), ("a", 3), ("c", 1) })
        {
            await Journal.AppendAsync(JournalFixture.Packet(seq, hub: hub));
        }

        Assert.Equal(
            [new HubRun("a", new OffsetRange(2, 2)), new HubRun("b", new OffsetRange(3, 3)), new HubRun("a", new OffsetRange(4, 4))],
            Journal.ReadRuns(new OffsetRange(2, 4)));
        Assert.Empty(Journal.ReadRuns(new OffsetRange(6, 100)));
    }

    [Fact]
    public async Task CommittedRanges_AreAsTheyWere_AfterARestart_HoweverTheyMelted()
    {
        for (var seq = 0; seq < 40; seq++)
        {
            await Journal.AppendAsync(JournalFixture.Packet(seq));
        }

        // Holes first, then some of them filled, in commits of their own: ranges come, grow, melt and go.
        foreach (var range in new OffsetRange[] { new(5, 5), new(10, 10), new(20, 22), new(6, 9), new(30, 30), new(1, 2), new(21, 30), new(12, 12) })
        {
            Journal.MarkCommitted("syd", [range]);
            await Journal.AppendAsync(JournalFixture.Packet(100 + range.First + range.Last));
        }

        var before = Journal.Committed["syd"].Ranges;
        await _fixture.CloseAsync();
        await _fixture.OpenAsync();

        Assert.Equal([new OffsetRange(1, 2), new OffsetRange(5, 10), new OffsetRange(12, 12), new OffsetRange(20, 30)], before);
        Assert.Equal(before, Journal.Committed["syd"].Ranges);
    }
}
