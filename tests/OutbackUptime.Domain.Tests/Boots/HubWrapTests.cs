using OutbackUptime.Domain.Boots;

namespace OutbackUptime.Domain.Tests.Boots;

public sealed class HubWrapTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 1, 2, 3, TimeSpan.Zero);
    private readonly HubBoots _hub = new();
    private readonly Random _random = new(7);

    [Theory]
    [InlineData(65_535)]
    [InlineData(4_294_967_295)]
    public void Decide_WhenTheSeqOfAHubsOwnBootWraps_AssignsABootFromThereOn(long last)
    {
        Push(last - 1, 7, 1);
        Push(last, 7, 2);

        var wrapped = Push(0, 7, 3);

        Assert.Equal((BootOutcome.Accept, true, 7L), (wrapped.Outcome, wrapped.Assigned, wrapped.Wrapped));
        Assert.Equal(wrapped.Boot, Push(1, 7, 4).Boot);
        Assert.Equal(7, _hub.Wrapped);
    }

    [Fact]
    public void Decide_WhenAPacketOfBeforeTheWrapComesAgain_IsADuplicateOfIt()
    {
        Push(65_535, 7, 2);
        Push(0, 7, 3);

        Assert.Equal(new BootDecision(BootOutcome.Duplicate, 7, false), Push(65_535, 7, 2));
    }

    [Fact]
    public void Decide_WhenAPacketOfBeforeTheWrapComesLate_GetsAKeyOfItsOwn()
    {
        Push(65_534, 7, 1);
        var wrapped = Push(0, 7, 3);
        var late = Push(65_535, 7, 2);
        var next = Push(1, 7, 4);

        Assert.All([late, next], d => Assert.Equal(BootOutcome.Accept, d.Outcome));
        Assert.NotEqual((next.Boot, 1L), (wrapped.Boot, 0L));
    }

    [Fact]
    public void Decide_AfterAWrap_TakesTheHubsNextBootAtItsWord()
    {
        Push(65_535, 7, 1);
        Push(0, 7, 2);

        Assert.Equal(new BootDecision(BootOutcome.Accept, 8, false), Push(0, 8, 3));
    }

    [Fact]
    public void Decide_WhenRestored_StillKnowsTheWrap()
    {
        var restored = new HubBoots(AssignedBoot.None, [], wrapped: 7);

        Assert.True(restored.Decide(5, 7, 1, Now, _random).Assigned);
    }

    [Fact]
    public void Decide_WhenAPacketIsLateButNotByHalfTheRange_StaysInItsBoot()
    {
        Push(40_000, 7, 1);

        Assert.Equal(new BootDecision(BootOutcome.Accept, 7, false), Push(7_300, 7, 2));
    }

    private BootDecision Push(long seq, long? boot, ulong hash)
    {
        var decision = _hub.Decide(seq, boot, hash, Now, _random);
        _hub.Apply(decision, seq, hash);
        return decision;
    }
}
