using OutbackUptime.Domain.Boots;

namespace OutbackUptime.Domain.Tests.Boots;

public sealed class HubBootsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 1, 2, 3, TimeSpan.Zero);
    private readonly HubBoots _hub = new();
    private readonly Random _random = new(7);

    [Fact]
    public void Decide_WhenHubSendsItsBoot_TellsNewDuplicateAndConflict()
    {
        Assert.Equal(new BootDecision(BootOutcome.Accept, 3, false), Push(5, 3, 1));
        Assert.Equal(new BootDecision(BootOutcome.Duplicate, 3, false), Push(5, 3, 1));
        Assert.Equal(new BootDecision(BootOutcome.Conflict, 3, false), Push(5, 3, 2));
        Assert.Equal(new BootDecision(BootOutcome.Accept, 4, false), Push(5, 4, 1));
    }

    [Fact]
    public void Decide_WhenHubSendsNoBoot_AssignsOneAndStaysInIt()
    {
        var first = Push(10, null, 1);
        var late = Push(8, null, 2);
        var jump = Push(4000, null, 3);

        Assert.Equal(BootOutcome.Accept, first.Outcome);
        Assert.True(first.Assigned);
        Assert.Equal([first.Boot, first.Boot], [late.Boot, jump.Boot]);
    }

    [Fact]
    public void Decide_WhenASeqComesAgainWithTheSamePayload_IsARedelivery()
    {
        var first = Push(10, null, 1);

        Assert.Equal(new BootDecision(BootOutcome.Duplicate, first.Boot, true), Push(10, null, 1));
    }

    [Fact]
    public void Decide_WhenASeqComesAgainWithAnotherPayload_IsANewBoot()
    {
        var first = Push(0, null, 1);
        var restarted = Push(0, null, 2);

        Assert.Equal(BootOutcome.Accept, restarted.Outcome);
        Assert.True(restarted.Boot > first.Boot);
        Assert.Equal(restarted.Boot, Push(1, null, 3).Boot);
    }

    [Fact]
    public void Decide_WhenSeqFallsFarBehind_IsANewBoot()
    {
        var first = Push(1000, null, 1);

        Assert.Equal(first.Boot, Push(1000 - HubBoots.Capacity + 1, null, 2).Boot);
        Assert.True(Push(1000 - HubBoots.Capacity, null, 3).Boot > first.Boot);
    }

    [Fact]
    public void Decide_WhenARedeliveryOfAnOlderBootIsStillInTheRing_IsADuplicate()
    {
        var old = Push(50, null, 1);
        Push(0, null, 2);
        Push(0, null, 3);

        Assert.Equal(new BootDecision(BootOutcome.Duplicate, old.Boot, true), Push(50, null, 1));
    }

    [Fact]
    public void Decide_WhenAHubBootHasOverwrittenTheOpenBoot_AssignsANewOne()
    {
        var first = Push(5, null, 1);
        Push(5, 3, 9);

        var next = Push(5, null, 2);

        Assert.Equal(BootOutcome.Accept, next.Outcome);
        Assert.True(next.Boot > first.Boot);
    }

    private BootDecision Push(long seq, long? boot, ulong hash)
    {
        var decision = _hub.Decide(seq, boot, hash, Now, _random);
        _hub.Apply(decision, seq, hash);
        return decision;
    }
}
