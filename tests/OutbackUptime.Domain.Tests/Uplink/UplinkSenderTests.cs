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

    [Fact]
    public void NewestOfEachHub_GoesFirst_ThenLive_ThenBacklog()
    {
        var sender = Sender(backlog: 100);
        sender.OnStreamUp(8, 100, [40, 97, 99]);
        sender.OnAppended(103);

        var (newest, live, backlog) = (sender.Next(s_now, false)!, sender.Next(s_now, false)!, sender.Next(s_now, true)!);

        Assert.Equal([new OffsetRange(40, 40), new OffsetRange(97, 97), new OffsetRange(99, 99)], newest.Ranges);
        Assert.Equal([new OffsetRange(101, 102)], live.Ranges);
        Assert.Equal([new OffsetRange(1, 10)], backlog.Ranges);
        Assert.Equal([true, true, false], new[] { newest, live, backlog }.Select(p => p.IsLive));
    }

    [Fact]
    public void Newest_ThatARegionHas_GoesToTheOthersOnly()
    {
        var sender = Sender(backlog: 10);
        sender.OnStreamUp(8, 100, [8]);
        var first = sender.Next(s_now, false)!;
        sender.OnReceipt(first.FrameId, FrameAnswer.Final, ["syd"], s_now, 0);
        sender.OnStoreState("mel", true);

        sender.OnStreamUp(8, 100, [8, 10]);
        var (mel, both) = (sender.Next(s_now, false)!, sender.Next(s_now, false)!);

        Assert.Equal([new OffsetRange(8, 8)], mel.Ranges);
        Assert.Equal(["mel"], mel.OwedRegions);
        Assert.Equal([new OffsetRange(10, 10)], both.Ranges);
        Assert.Equal(s_both, both.OwedRegions);
    }

    [Fact]
    public void Newest_LeavesExactHoles_ThatBacklogFills()
    {
        var sender = Sender(backlog: 20);
        sender.OnStreamUp(8, 100, [5, 15]);
        var newest = sender.Next(s_now, true)!;
        sender.OnReceipt(newest.FrameId, FrameAnswer.Final, s_both, s_now, 0);

        Assert.Equal([new OffsetRange(5, 5), new OffsetRange(15, 15)], sender.Committed("syd").Ranges);
        Assert.Equal([new OffsetRange(1, 4), new OffsetRange(6, 11)], sender.Next(s_now, true)!.Ranges);
    }

    [Fact]
    public void Newest_IsNotPutFirst_WhereItWouldLeaveTooManyHoles()
    {
        var holes = new OffsetRangeSet(Enumerable.Range(1, 1024).Select(i => new OffsetRange(2 * i, 2 * i)));
        var sender = new UplinkSender(new UplinkSenderOptions(), s_both.ToDictionary(r => r, _ => holes), 1, 5001);

        sender.OnStreamUp(8, 100, [4000, 5000]);

        Assert.False(sender.Next(s_now, true)!.IsLive);
    }

    [Fact]
    public void LivePackets_WithoutAnAnswer_StayLive()
    {
        var sender = Sender(backlog: 0);
        sender.OnAppended(3);
        var live = sender.Next(s_now, false)!;
        sender.OnReceipt(live.FrameId, FrameAnswer.Retry, [], s_now, 0);
        var again = sender.Next(s_now.AddSeconds(1), false)!;
        sender.OnStreamUp(8, 100);

        var afterwards = sender.Next(s_now.AddSeconds(2), false)!;

        Assert.All([again, afterwards], p => Assert.Equal(live.Ranges, p.Ranges));
        Assert.All([again, afterwards], p => Assert.True(p.IsLive));
    }

    [Fact]
    public void OverdueStore_IsLeftAlone_AndTheConnectionIsWell()
    {
        var sender = Sender(backlog: 0);
        sender.OnAppended(3);
        var live = sender.Next(s_now, true)!;
        sender.OnReceipt(live.FrameId, FrameAnswer.Partial, ["syd"], s_now, 0);

        Assert.Equal(0, sender.OnTick(s_now.AddSeconds(10)));

        Assert.False(sender.IsAvailable("mel"));
        Assert.True(sender.IsAvailable("syd"));
        Assert.Equal(0, sender.InFlight);
    }

    [Fact]
    public void OverdueStores_StayOnTheRegionsCredit_UntilItAnswers()
    {
        var sender = Sender(backlog: 0);
        sender.OnStreamUp(1, 100);
        sender.OnAppended(2);
        var live = sender.Next(s_now, true)!;
        sender.OnReceipt(live.FrameId, FrameAnswer.Partial, ["syd"], s_now, 0);
        sender.OnTick(s_now.AddSeconds(10));
        sender.OnAppended(3);

        Assert.Null(sender.Next(s_now.AddSeconds(11), true));
        sender.OnReceipt(live.FrameId, FrameAnswer.Final, ["syd"], s_now.AddSeconds(12), 0);
        Assert.NotNull(sender.Next(s_now.AddSeconds(12), true));
    }

    [Fact]
    public void OwesReachable_IsAboutWhatTheRegionShouldCommit()
    {
        var sender = Sender(backlog: 0);
        Assert.False(sender.OwesReachable);
        sender.OnAppended(2);
        Assert.True(sender.OwesReachable);

        var live = sender.Next(s_now, true)!;
        sender.OnReceipt(live.FrameId, FrameAnswer.Final, ["syd"], s_now, 0);
        Assert.False(sender.OwesReachable); // only a store that is down lacks it

        sender.OnStoreState("mel", true);
        Assert.True(sender.OwesReachable);
    }

    [Fact]
    public void OwesReachable_WhereNoStoreHasIt_IsTrueThoughBothAreDown()
    {
        var sender = Sender(backlog: 1, available: []);

        Assert.True(sender.OwesReachable);
    }

    [Fact]
    public void ABurstOfOneHub_DoesNotHoldUpTheOthersHistory()
    {
        // Offsets 1 to 1000 are of one hub, then five others have 10 each.
        HubRun[] journal = [new("chatty", new(1, 1000)), .. Enumerable.Range(0, 5).Select(i => new HubRun($"bore-{i}", new(1001 + (i * 10), 1010 + (i * 10))))];
        var sender = Fair(journal, 1051);

        var sent = Drain(sender).Take(3).SelectMany(p => p.Ranges).ToList();

        // Three frames of ten hold of each of the six hubs as much as of any other, to within what does not divide.
        Assert.All(journal, run => Assert.InRange(sent.Sum(r => Overlap(r, run.Offsets)), 3, 6));
    }

    [Fact]
    public void EvenBacklog_GoesOldestFirst()
    {
        var sender = Fair([.. Enumerable.Range(0, 100).Select(i => new HubRun($"bore-{i % 5}", new(i + 1, i + 1)))], 101);

        Assert.Equal([new OffsetRange(1, 10)], sender.Next(s_now, true)!.Ranges);
    }

    [Fact]
    public void FairOrder_SendsEverythingOnce()
    {
        // One hub has fifty times what the others have, in turns.
        var runs = new List<HubRun>();
        for (var offset = 1L; offset < 3000; offset += 51)
        {
            runs.Add(new HubRun("chatty", new(offset, offset + 49)));
            runs.Add(new HubRun($"bore-{offset % 7}", new(offset + 50, offset + 50)));
        }

        var sender = Fair(runs, runs[^1].Offsets.Last + 1);
        var seen = new OffsetRangeSet();
        while (sender.Next(s_now, true) is { } plan)
        {
            Assert.Equal(plan.Count, plan.Ranges.Sum(seen.Add));
            sender.OnReceipt(plan.FrameId, FrameAnswer.Final, s_both, s_now, 0);
        }

        Assert.Equal([new OffsetRange(1, runs[^1].Offsets.Last)], seen.Ranges);
    }

    private static long Overlap(OffsetRange a, OffsetRange b) => Math.Max(0, Math.Min(a.Last, b.Last) - Math.Max(a.First, b.First) + 1);

    private static UplinkSender Fair(IReadOnlyList<HubRun> journal, long next)
    {
        var sender = new UplinkSender(
            new UplinkSenderOptions { WindowFrames = 6, LiveReserve = 2, MaxFrameEntries = 10 },
            s_both.ToDictionary(r => r, _ => new OffsetRangeSet()),
            1,
            next,
            range => [.. journal.Where(r => Overlap(r.Offsets, range) > 0).Select(r => r with { Offsets = new(Math.Max(r.Offsets.First, range.First), Math.Min(r.Offsets.Last, range.Last)) })]);
        sender.OnStreamUp(8, 100);
        return sender;
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
