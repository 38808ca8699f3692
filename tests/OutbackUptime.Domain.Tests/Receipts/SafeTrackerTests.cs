using OutbackUptime.Domain.Ranges;
using OutbackUptime.Domain.Receipts;

namespace OutbackUptime.Domain.Tests.Receipts;

public sealed class SafeTrackerTests
{
    private const string Hub = "bore-01";
    private readonly SafeTracker _tracker = new(8, 4);

    [Fact]
    public void InOrder_EachTrimRaisesTheClaim()
    {
        _tracker.Ask(Hub, 0);
        Journal(1, 1, 2, 3);

        Assert.Equal([new SafeClaim(Hub, 7, 2)], _tracker.OnSafe([new(1, 2)], 3));
        Assert.Equal([new SafeClaim(Hub, 7, 3)], _tracker.OnSafe([new(3, 3)], 4));
    }

    [Fact]
    public void AGapInTheTrims_HoldsTheClaimBack()
    {
        _tracker.Ask(Hub, 0);
        Journal(1, 1, 2, 3);

        Assert.Equal([new SafeClaim(Hub, 7, 1)], _tracker.OnSafe([new(1, 1), new(3, 3)], 2));
        Assert.Equal([new SafeClaim(Hub, 7, 3)], _tracker.OnSafe([new(2, 2)], 4));
    }

    [Fact]
    public void ALatePacket_LowersTheClaimUntilItIsSafe()
    {
        _tracker.Ask(Hub, 0);
        Journal(1, 5);
        _tracker.OnSafe([new(1, 1)], 2);

        Assert.Equal(new SafeClaim(Hub, 7, 3), _tracker.OnJournaled(Hub, 7, 4, 2));
        Assert.Equal([new SafeClaim(Hub, 7, 5)], _tracker.OnSafe([new(2, 2)], 3));
    }

    [Fact]
    public void WhatWasJournaledBeforeTheQuestion_IsWaitedFor()
    {
        _tracker.Ask(Hub, 10);
        Journal(11, 5);

        Assert.Empty(_tracker.OnSafe([new(11, 11)], 4));
        Assert.Equal([new SafeClaim(Hub, 7, 5)], _tracker.OnSafe([new(4, 10)], 12));
    }

    [Fact]
    public void MoreThanItMayRemember_IsWaitedFor()
    {
        _tracker.Ask(Hub, 0);
        Journal(1, [.. Enumerable.Range(1, 20)]);

        Assert.True(_tracker.Count <= 8);
        Assert.Empty(_tracker.OnSafe([new(1, 10)], 11));
        Assert.Equal([new SafeClaim(Hub, 7, 20)], _tracker.OnSafe([new(11, 20)], 21));
    }

    [Fact]
    public void WhoDidNotAsk_CostsNothing()
    {
        Journal(1, 1, 2, 3);

        Assert.Equal(0, _tracker.Count);
        Assert.Empty(_tracker.OnSafe([new(1, 3)], 4));
    }

    [Fact]
    public void AfterAnEviction_NothingOfThatBootIsClaimed_AndTheNextBootIs()
    {
        _tracker.Ask(Hub, 0);
        Journal(1, 1, 2, 3);
        _tracker.OnEvicted([new(1, 1)]);
        _tracker.OnJournaled(Hub, 8, 1, 4);

        Assert.Equal([new SafeClaim(Hub, 8, 1)], _tracker.OnSafe([new(2, 4)], 5));
    }

    [Fact]
    public void AfterARestart_NothingIsClaimedOfBootsThatAnEarlierProcessGaveUpPacketsOf()
    {
        _tracker.Silence(Hub, 5, 7);
        _tracker.Ask(Hub, 0);
        Journal(1, 1, 2, 3);
        _tracker.OnJournaled(Hub, 8, 1, 4);

        Assert.Equal([new SafeClaim(Hub, 8, 1)], _tracker.OnSafe([new(1, 4)], 5));
    }

    [Fact]
    public void AfterARestart_NothingIsClaimedOfAnybody_WhenNobodyKnowsWhoseWereLost()
    {
        _tracker.Silence("", 0, 0);
        _tracker.Ask(Hub, 0);
        Journal(1, 1, 2, 3);

        Assert.Empty(_tracker.OnSafe([new(1, 3)], 4));
    }

    [Fact]
    public void Forget_LeavesNothingBehind()
    {
        _tracker.Ask(Hub, 0);
        Journal(1, 1, 2, 3);
        _tracker.Forget(Hub);

        Assert.Equal(0, _tracker.Count);
        Assert.False(_tracker.IsTracked(Hub));
    }

    private void Journal(long offset, params int[] seqs)
    {
        foreach (var seq in seqs)
        {
            Assert.Null(_tracker.OnJournaled(Hub, 7, seq, offset++));
        }
    }
}
