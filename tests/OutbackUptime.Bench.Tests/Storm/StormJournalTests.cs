using Microsoft.Extensions.Time.Testing;
using OutbackUptime.Bench.Storm;
using OutbackUptime.Domain.Packets;
using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.Bench.Tests.Storm;

public sealed class StormJournalTests
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private readonly FakeTimeProvider _time = new(s_start);
    private readonly LiveLatencies _latencies = new();

    [Fact]
    public void Read_WhenTwoHubsTakeTurns_GivesEachItsOwnSeqs()
    {
        var entries = Make(hubs: 2, backlog: 6).Read([new OffsetRange(1, 6)], 100, int.MaxValue);

        Assert.Equal([("bore-01", 0), ("bore-02", 0), ("bore-01", 1), ("bore-02", 1), ("bore-01", 2), ("bore-02", 2)], entries.Select(e => (e.Hub, e.Seq)));
        Assert.All(entries, e => Assert.True(e.ReceivedAt < s_start));
    }

    [Fact]
    public void Read_WhenAPacketIsRead_TheProductTakesIt()
    {
        var entry = Make(hubs: 1, backlog: 9).Read([new OffsetRange(7, 7)], 1, 1).Single();

        Assert.True(PacketParser.TryParse(entry.Payload.Span, out var packet, out _));
        Assert.Equal(entry.Seq, packet.Seq);
        Assert.Equal(entry.ReceivedAt, packet.HubTime);
        Assert.Equal(8, packet.Metrics.Count);
    }

    [Fact]
    public void MarkCommitted_WhenBothStoresHaveTheBacklog_ItIsSafeAndTrimmed()
    {
        var journal = Make(hubs: 1, backlog: 5);

        journal.MarkCommitted("syd", [new OffsetRange(1, 5)]);
        Assert.Equal((0, 1), (journal.BacklogSafe, journal.FirstOffset));
        Assert.Null(journal.BacklogSafeAt);
        journal.MarkCommitted("mel", [new OffsetRange(1, 5), new OffsetRange(2, 3)]);

        Assert.Equal((5, 6), (journal.BacklogSafe, journal.FirstOffset));
        Assert.NotNull(journal.BacklogSafeAt);
        Assert.True(journal.IsWhole);
    }

    [Fact]
    public void MarkCommitted_WhenALivePacketWaited_ItIsLateFromTheMomentItWasDue()
    {
        var journal = Make(hubs: 1, backlog: 0);
        journal.AppendLive(s_start, _time.GetTimestamp());

        _time.Advance(TimeSpan.FromMilliseconds(40));
        journal.MarkCommitted("mel", [new OffsetRange(1, 1)]);
        _time.Advance(TimeSpan.FromMilliseconds(60));
        journal.MarkCommitted("syd", [new OffsetRange(1, 1)]);
        journal.MarkCommitted("syd", [new OffsetRange(1, 1)]);

        var (committed, safe) = _latencies.Read();
        Assert.Equal((1, 40), (committed.Count, committed.MaxMs));
        Assert.Equal((1, 100), (safe.Count, safe.MaxMs));
    }

    [Fact]
    public void Expected_WhenThereIsALivePacket_CountsItsPayloadToo()
    {
        var journal = Make(hubs: 1, backlog: 2);
        var before = journal.Expected();

        journal.AppendLive(s_start, 0);

        var live = journal.Read([new OffsetRange(3, 3)], 1, 1).Single();
        Assert.Equal((3, before.Xor ^ PacketParser.Hash(live.Payload.Span)), journal.Expected());
    }

    private StormJournal Make(int hubs, long backlog) =>
        new(new StormPackets(0, hubs, 1), hubs, backlog, s_start, TimeSpan.FromSeconds(30), ["syd", "mel"], _latencies, _time);
}
