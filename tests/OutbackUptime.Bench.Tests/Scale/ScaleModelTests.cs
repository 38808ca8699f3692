using OutbackUptime.Bench.Scale;

namespace OutbackUptime.Bench.Tests.Scale;

public sealed class ScaleModelTests
{
    private static readonly ScaleMeasures s_measures = new(
        BaseBytes: 100e6, RegistryBytesPerHub: 100, StationBytes: 10_000, HubBytes: 1_000, SiloMicrosecondsPerPacket: 20, StoreMicrosecondsPerPacket: 30,
        IdleCoresOfOneSilo: 0.01, IdleCoresPerPeer: 0.001, IdleCoresPerStation: 0.00001, DetectionSeconds: 2, RecoveriesPerSecond: 1_000, InsertsPerSiloAndSecond: 6);

    private static readonly ScaleLoad s_load = new(10_000, 1_000_000, 33_000);
    private static readonly ScaleLimits s_limits = new(SiloMegabytes: 1_000, SiloCores: 2, StoreCores: 4, StoreInsertsPerSecond: 100, RecoverySeconds: 10);

    [Fact]
    public void Predict_WhenARegionIsLost_HalfOfTheSilosCarryAll()
    {
        var p = ScaleModel.Predict(s_measures, s_load, s_limits, 8);

        // 100 + 1e6·100 B + (1e4·1e4 + 1e6·1e3)/4
        Assert.Equal(475, p.SiloMegabytes, 6);
        // 0.01 + 3·0.001 + (0.1 + 0.66)/4
        Assert.Equal(0.203, p.SiloCores, 6);
        Assert.Equal(0.99, p.StoreCores, 6);
        Assert.Equal(48, p.StoreInsertsPerSecond);
        Assert.Equal(7, p.RecoverySeconds, 6);
    }

    [Fact]
    public void Predict_WhenAllFits_NamesWhatIsNearestToItsLimit()
    {
        var p = ScaleModel.Predict(s_measures, s_load, s_limits, 8);

        Assert.True(p.Fits);
        Assert.Equal(ScaleModel.Recovery, p.Wall);
    }

    [Theory]
    [InlineData(2, ScaleModel.Memory)]
    [InlineData(64, ScaleModel.Inserts)]
    public void Predict_WhenThereAreTooFewOrTooMany_SaysWhy(int silos, string wall)
    {
        var p = ScaleModel.Predict(s_measures, s_load, s_limits, silos);

        Assert.False(p.Fits);
        Assert.Equal(wall, p.Wall);
    }

    [Fact]
    public void Line_WhenPointsAreOnOne_FindsIt()
    {
        var (a, b) = ScaleModel.Line([(0, 3), (1, 5), (3, 9)]);

        Assert.Equal(3, a, 9);
        Assert.Equal(2, b, 9);
    }

    [Fact]
    public void Line_WhenThereIsOnePoint_IsLevel() => Assert.Equal((4, 0), ScaleModel.Line([(2, 4)]));

    [Fact]
    public void Split_WhenHubsAreHeard_TellsThemFromTheirStation()
    {
        // 100 stations of 5,000 bytes with 10 hubs of 200.
        var (station, hub) = ScaleModel.Split(registered: 1_000, withOneHub: 1_000 + (100 * 5_200), withAll: 1_000 + (100 * 7_000), stations: 100, hubs: 10);

        Assert.Equal(5_000, station, 6);
        Assert.Equal(200, hub, 6);
    }
}
