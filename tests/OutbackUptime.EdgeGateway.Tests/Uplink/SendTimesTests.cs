using OutbackUptime.Domain.Ranges;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.EdgeGateway.Uplink;

namespace OutbackUptime.EdgeGateway.Tests.Uplink;

public sealed class SendTimesTests
{
    private readonly OffsetRangeSet _syd = new();
    private readonly OffsetRangeSet _mel = new();
    private readonly SendTimes _times = new(2, TimeProvider.System);

    [Fact]
    public void Entry_IsMeasuredToTheFirstAndToTheLastRegion()
    {
        Send(1);
        Commit(_syd, 1);
        Commit(_mel, 1);

        Assert.Equal((1, 1), (Count(_times.ToCommitted), Count(_times.ToSafe)));
    }

    [Fact]
    public void StoreThatIsOutForLong_LeavesRoomForNewEntries_AndBackfillIsNoFirstCommit()
    {
        // More than there is room for: each is committed in one store only.
        for (var offset = 1; offset <= 150_000; offset++)
        {
            Send(offset);
            Commit(_syd, offset);
        }

        var committed = Count(_times.ToCommitted);
        for (var offset = 1; offset <= 150_000; offset++)
        {
            Send(offset);
            Commit(_mel, offset);
        }

        Assert.Equal((committed, 150_000), (Count(_times.ToCommitted), Count(_times.ToSafe)));
        Send(150_001);
        Commit(_syd, 150_001);
        Commit(_mel, 150_001);
        Assert.Equal((committed + 1, 150_001), (Count(_times.ToCommitted), Count(_times.ToSafe)));
    }

    private void Send(long offset) => _times.OnSent([Entry(offset)], [_syd, _mel]);

    private void Commit(OffsetRangeSet region, long offset)
    {
        region.Add(new OffsetRange(offset, offset));
        _times.OnCommitted([new OffsetRange(offset, offset)]);
    }

    private static JournalEntry Entry(long offset) =>
        new(offset, JournalEntryKind.Packet, "bore-01", 1, false, offset, default, TimeProvider.System.GetTimestamp(), default, "", "", "");

    private static double Count(LatencyHistogram histogram) => histogram.Snapshot().Sum(b => b[1]);
}
