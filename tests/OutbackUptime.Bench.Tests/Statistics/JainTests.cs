using OutbackUptime.Bench.Statistics;

namespace OutbackUptime.Bench.Tests.Statistics;

public sealed class JainTests
{
    [Fact]
    public void Index_WhenAllHaveTheSame_IsOne() => Assert.Equal(1, Jain.Index([5, 5, 5, 5]), 12);

    [Fact]
    public void Index_WhenOneHasAll_IsItsShareOfTheHeads() => Assert.Equal(0.25, Jain.Index([8, 0, 0, 0]), 12);

    [Fact]
    public void Index_WhenNobodyHasAnything_IsOne() => Assert.Equal(1, Jain.Index([0, 0]));

    [Fact]
    public void Index_WhenHalfHaveTwice_IsBetween() => Assert.Equal(0.9, Jain.Index([1, 2, 1, 2]), 12);
}
