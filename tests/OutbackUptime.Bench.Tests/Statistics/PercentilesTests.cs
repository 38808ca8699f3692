using OutbackUptime.Bench.Statistics;

namespace OutbackUptime.Bench.Tests.Statistics;

public sealed class PercentilesTests
{
    [Fact]
    public void Of_WhenThereAreHundred_TakesTheNearestRank()
    {
        var percentiles = Percentiles.Of(Enumerable.Range(1, 100).Reverse().Select(i => (double)i));

        Assert.Equal(new Percentiles(100, 50, 90, 99, 100), percentiles);
    }

    [Fact]
    public void Of_WhenThereIsOne_IsThatOne() => Assert.Equal(new Percentiles(1, 7, 7, 7, 7), Percentiles.Of([7]));

    [Fact]
    public void Of_WhenThereAreFew_NamesOnlyMeasuredValues() => Assert.Equal(new Percentiles(3, 2, 9, 9, 9), Percentiles.Of([9, 1, 2]));

    [Fact]
    public void Of_WhenThereIsNone_IsNull() => Assert.Null(Percentiles.Of([]));
}
