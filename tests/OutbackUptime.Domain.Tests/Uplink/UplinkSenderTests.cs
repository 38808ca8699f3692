using OutbackUptime.Domain.Ranges;
using OutbackUptime.Domain.Uplink;

namespace OutbackUptime.Domain.Tests.Uplink;

public sealed class UplinkSenderTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] s_both = ["syd", "mel"];

    [Fact]
    public void LivePackets_GoBeforeBacklog()
    {
        var sender = Sender(backlog: 100);
        sender.OnAppended(103);

        var first = sender.Next(s_now, true)!;

        Assert.True(first.IsLive);
        Assert.Equal([new OffsetRange(101, 102)], first.Ranges);
        Assert.Equal(s_both, first.OwedRegions);
        Assert.Equal([new OffsetRange(1, 10)], sender.Next(s_now, true)!.Ranges);
    }

    [Fact]
    public void Backlog_LeavesRoomForLivePackets()
    {
        var sender = Sender(backlog: 1000);
        var sent = Drain(sender);

        Assert.Equal(4, sent.Count);
        sender.OnAppended(1002);
        Assert.True(sender.Next(s_now, true)!.IsLive);
    }

    [Fact]
    public void AnOffset_IsInOneFrameAtATime()
    {
        var sender = Sender(backlog: 35);

        var sent = Drain(sender).SelectMany(p => p.Ranges).SelectMany(Numbers).ToList();

        Assert.Equal(sent.Distinct().Count(), sent.Count);
    }

    [Fact]
    public void Receipt_NamesWhatIsNew()
    {
        var sender = Sender(backlog: 5);
        var plan = sender.Next(s_now, true)!;

        var partial = sender.OnReceipt(plan.FrameId, FrameAnswer.Partial, ["syd"], s_now, 0);
        var final = sender.OnReceipt(plan.FrameId, FrameAnswer.Final, s_both, s_now, 0);
        var again = sender.OnReceipt(plan.FrameId, FrameAnswer.Final, s_both, s_now, 0);

        Assert.Equal(["syd"], partial.Select(n => n.Region));
        Assert.Equal(["mel"], final.Select(n => n.Region));
        Assert.Empty(again);
        Assert.Null(sender.Next(s_now, true));
    }

    [Fact]
    public void Receipt_ForAFrameNeverSent_ClaimsNothing() =>
        Assert.Empty(Sender(backlog: 5).OnReceipt(77, FrameAnswer.Final, s_both, s_now, 0));

    [Fact]
    public void Receipt_ForARegionThatWasNotOwed_ClaimsNothing()
    {
        var sender = Sender(backlog: 5, available: ["syd"]);
        var plan = sender.Next(s_now, true)!;

        Assert.Equal(["syd"], plan.OwedRegions);
        Assert.Equal(["syd"], sender.OnReceipt(plan.FrameId, FrameAnswer.Final, s_both, s_now, 0).Select(n => n.Region));
        Assert.Equal(0, sender.Committed("mel").Count);
    }

    [Fact]
    public void FrameWithoutAnswer_IsOwedAgain_AndALateAnswerIsStillBelieved()
    {
        var sender = Sender(backlog: 5);
        var plan = sender.Next(s_now, true)!;

        Assert.Equal(1, sender.OnTick(s_now.AddSeconds(10)));
        var again = sender.Next(s_now.AddSeconds(10), true)!;
        var late = sender.OnReceipt(plan.FrameId, FrameAnswer.Final, s_both, s_now.AddSeconds(11), 0);

        Assert.Equal(plan.Ranges, again.Ranges);
        Assert.Equal(2, late.Count);
    }

    [Fact]
    public void BrokenStream_OwesEverythingAgain()
    {
        var sender = Sender(backlog: 5);
        var plan = sender.Next(s_now, true)!;

        sender.OnStreamUp(8, 100);

        Assert.Equal(plan.Ranges, sender.Next(s_now, true)!.Ranges);
    }

    [Fact]
    public void Retry_WaitsAMoment()
    {
        var sender = Sender(backlog: 5);
        var plan = sender.Next(s_now, true)!;

        sender.OnReceipt(plan.FrameId, FrameAnswer.Retry, [], s_now, 0.5);

        Assert.Null(sender.Next(s_now, true));
        Assert.NotNull(sender.Next(s_now.AddSeconds(1), true));
    }

    [Fact]
    public void StoreThatIsDown_GetsLivePacketsOnceAndThenOnlyProbes()
    {
        var sender = Sender(backlog: 0);
        sender.OnAppended(4);
        var live = sender.Next(s_now, true)!;

        sender.OnReceipt(live.FrameId, FrameAnswer.Final, ["syd"], s_now, 0);

        Assert.Equal(s_both, live.OwedRegions);
        Assert.Null(sender.Next(s_now.AddSeconds(1), true));
        var probe = sender.Next(s_now.AddSeconds(6), true)!;
        Assert.Equal(["mel"], probe.OwedRegions);
        Assert.Equal(1, probe.Count);
        sender.OnStoreState("mel", true);
        Assert.Equal(2, sender.Next(s_now.AddSeconds(7), true)!.Count);
    }

    [Fact]
    public void RejectedFrame_IsTakenApart_AndTheBadEntryStaysAlone()
    {
        var sender = Sender(backlog: 3);
        var plan = sender.Next(s_now, true)!;
        sender.OnReceipt(plan.FrameId, FrameAnswer.Rejected, [], s_now, 0);

        foreach (var single in Drain(sender))
        {
            var answer = single.Ranges[0].First == 2 ? FrameAnswer.Rejected : FrameAnswer.Final;
            Assert.Equal(1, single.Count);
            sender.OnReceipt(single.FrameId, answer, answer == FrameAnswer.Final ? s_both : [], s_now, 0);
        }

        Assert.Equal([new OffsetRange(2, 2)], sender.Rejected);
        Assert.Null(sender.Next(s_now.AddSeconds(60), true));
        Assert.Equal(2, sender.Committed("mel").Count);
    }

    [Fact]
    public void Narrow_NeverClaimsWhatWasNotSent()
    {
        var sender = Sender(backlog: 10);
        var plan = sender.Next(s_now, true)!;

        var narrowed = sender.Narrow(plan, [1, 2, 4])!;
        sender.OnReceipt(narrowed.FrameId, FrameAnswer.Final, s_both, s_now, 0);

        Assert.Equal([new OffsetRange(1, 2), new OffsetRange(4, 4)], sender.Committed("syd").Ranges);
        Assert.Equal([new OffsetRange(3, 3)], sender.Absent);
        Assert.Equal([new OffsetRange(5, 10)], sender.Next(s_now, true)!.Ranges);
    }

    [Fact]
    public void HeldBackBacklog_DoesNotHoldBackLivePackets()
    {
        var sender = Sender(backlog: 50);
        sender.OnAppended(52);

        Assert.True(sender.Next(s_now, backlogAllowed: false)!.IsLive);
        Assert.Null(sender.Next(s_now, backlogAllowed: false));
    }

    private static UplinkSender Sender(int backlog, string[]? available = null)
    {
        var sender = new UplinkSender(
            new UplinkSenderOptions { WindowFrames = 6, LiveReserve = 2, MaxFrameEntries = 10 },
            s_both.ToDictionary(r => r, _ => new OffsetRangeSet()),
            1,
            backlog + 1);
        sender.OnStreamUp(8, 100);
        foreach (var region in s_both.Except(available ?? s_both))
        {
            sender.OnStoreState(region, false);
        }

        return sender;
    }

    private static List<FramePlan> Drain(UplinkSender sender)
    {
        var plans = new List<FramePlan>();
        while (sender.Next(s_now, true) is { } plan)
        {
            plans.Add(plan);
        }

        return plans;
    }

    private static IEnumerable<long> Numbers(OffsetRange range) => Enumerable.Range(0, (int)range.Count).Select(i => range.First + i);
}
