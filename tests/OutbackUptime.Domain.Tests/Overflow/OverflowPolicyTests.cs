using OutbackUptime.Domain.Overflow;

namespace OutbackUptime.Domain.Tests.Overflow;

public sealed class OverflowPolicyTests
{
    private static readonly OverflowLimits s_limits = new(1000, 0.9, 0.8, TimeSpan.FromDays(10));

    [Fact]
    public void Next_GoesFromTheHighToTheLowWater()
    {
        var policy = new OverflowPolicy(s_limits);

        Assert.Equal(OverflowStep.None, policy.Next(Full(899)));
        Assert.Equal(OverflowStep.DropHeldPackets, policy.Next(Full(900)));
        Assert.Equal(OverflowStep.DropHeldPackets, policy.Next(Full(801)));
        Assert.Equal(OverflowStep.None, policy.Next(Full(800)));
        Assert.Equal(OverflowStep.None, policy.Next(Full(899)));
    }

    [Fact]
    public void Next_GivesUpSecondCopiesFirst_ThenDetail_ThenNothing()
    {
        var policy = new OverflowPolicy(s_limits);

        Assert.Equal(OverflowStep.DropHeldPackets, policy.Next(new OverflowState(950, default, true, true, true)));
        Assert.Equal(OverflowStep.DropHeldOthers, policy.Next(new OverflowState(950, default, false, true, true)));
        Assert.Equal(OverflowStep.Thin, policy.Next(new OverflowState(950, default, false, false, true)));
        Assert.Equal(OverflowStep.None, policy.Next(new OverflowState(950, default, false, false, false)));
    }

    [Fact]
    public void Refuses_OnlyAtTheQuotaItself()
    {
        var policy = new OverflowPolicy(s_limits);

        Assert.False(policy.Refuses(999));
        Assert.True(policy.Refuses(1000));
    }

    [Fact]
    public void Next_ByAge_GoesFromTheMaximumToNineTenthsOfIt_WhateverRoomThereIs()
    {
        var policy = new OverflowPolicy(s_limits);

        Assert.Equal(OverflowStep.None, policy.Next(Old(10)));
        Assert.Equal(OverflowStep.Thin, policy.Next(Old(10.1)));
        Assert.Equal(OverflowStep.Thin, policy.Next(Old(9)));
        Assert.Equal(OverflowStep.None, policy.Next(Old(8.8)));
        Assert.Equal(OverflowStep.None, policy.Next(Old(9.9)));
    }

    [Fact]
    public void Next_WithoutAMaximumAge_KeepsWhatThereIsRoomFor() =>
        Assert.Equal(OverflowStep.None, new OverflowPolicy(s_limits with { MaxAge = TimeSpan.Zero }).Next(Old(100_000)));

    private static OverflowState Full(long used) => new(used, default, true, true, true);

    private static OverflowState Old(double days) => new(0, TimeSpan.FromDays(days), false, false, true);
}
