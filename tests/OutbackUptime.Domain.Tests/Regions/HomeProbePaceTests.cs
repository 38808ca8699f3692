using OutbackUptime.Domain.Regions;

namespace OutbackUptime.Domain.Tests.Regions;

public sealed class HomeProbePaceTests
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(8);
    private readonly HomeProbePace _pace = new(s_interval, s_longest, new Random(7));

    [Fact]
    public void Next_WhileHomeFails_DoublesUpToTheLongest()
    {
        foreach (var seconds in (double[])[1, 2, 4, 8, 8, 8])
        {
            Assert.InRange(_pace.Next().TotalSeconds, 0.75 * seconds, 1.25 * seconds);
            _pace.OnProbe(healthy: false);
        }
    }

    [Fact]
    public void Next_WhenHomeIsWellAgain_IsTheIntervalAtOnce()
    {
        for (var i = 0; i < 5; i++)
        {
            _pace.OnProbe(healthy: false);
        }

        _pace.OnProbe(healthy: true);

        Assert.InRange(_pace.Next().TotalSeconds, 0.75, 1.25);
    }

    [Fact]
    public void Next_OfManyGateways_IsSpread()
    {
        var waits = Enumerable.Range(1, 100).Select(seed => new HomeProbePace(s_interval, s_longest, new Random(seed)).Next()).ToList();

        Assert.True(waits.Max() - waits.Min() > TimeSpan.FromSeconds(0.4), $"{waits.Min()} to {waits.Max()}");
    }

    [Fact]
    public void Next_WithAnIntervalAboveTheLongest_StaysAtTheInterval()
    {
        var pace = new HomeProbePace(s_longest, s_interval, new Random(7));
        pace.OnProbe(healthy: false);

        Assert.InRange(pace.Next().TotalSeconds, 6, 10);
    }
}
