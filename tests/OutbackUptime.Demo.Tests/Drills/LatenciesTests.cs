using OutbackUptime.Demo.Reports;

namespace OutbackUptime.Demo.Tests.Drills;

public sealed class LatenciesTests
{
    [Fact]
    public void Quantiles_AreOfTheDifference()
    {
        var latencies = new Latencies();

        latencies.Add([[10, 1000]], [[10, 1000], [20, 90], [50, 9], [100, 1]]);

        Assert.Equal(100, latencies.Count);
        Assert.Equal((20, 50, 50), (latencies.Quantile(0.5), latencies.Quantile(0.95), latencies.Quantile(0.99)));
    }

    [Fact]
    public void ARestartedGateway_CountsFromZero()
    {
        var latencies = new Latencies();

        latencies.Add([[10, 1000]], [[10, 5]]);

        Assert.Equal(5, latencies.Count);
    }

    [Fact]
    public void WithoutCounts_ThereIsNoQuantile() => Assert.Null(new Latencies().Quantile(0.95));
}
