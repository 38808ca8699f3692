using OutbackUptime.Domain.Uplink;

namespace OutbackUptime.Domain.Tests.Uplink;

public sealed class ConnectPatienceTests
{
    private readonly ConnectPatience _patience = new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10));

    [Fact]
    public void Timeouts_DoubleIt_UpToTheLongest()
    {
        var limits = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            limits.Add(_patience.Limit.TotalSeconds);
            _patience.OnTimeout();
        }

        Assert.Equal([2, 4, 8, 10, 10], limits);
    }

    [Fact]
    public void QuickWelcome_MakesItShortAgain()
    {
        _patience.OnTimeout();
        _patience.OnTimeout();

        _patience.OnWelcome(TimeSpan.FromMilliseconds(80));

        Assert.Equal(TimeSpan.FromSeconds(2), _patience.Limit);
    }

    [Fact]
    public void SlowWelcome_IsGivenThreeTimesThat()
    {
        _patience.OnWelcome(TimeSpan.FromSeconds(2.4));

        Assert.Equal(7.2, _patience.Limit.TotalSeconds, 3);
    }
}
