using OutbackUptime.Domain.Uplink;

namespace OutbackUptime.Domain.Tests.Uplink;

public sealed class WedgeWatchTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
    private readonly WedgeWatch _watch = Watch();

    [Fact]
    public void Idle_IsNoWedge() => Assert.Equal(WedgeKind.None, _watch.Check(0, owes: false, At(3600)));

    [Fact]
    public void NothingHeard_WithFramesInFlight_IsOneAfterThreeSeconds()
    {
        _watch.Check(0, owes: false, At(100));
        _watch.OnSent(first: true, At(100));

        Assert.Equal(WedgeKind.None, _watch.Check(1, owes: true, At(102.9)));
        Assert.Equal(WedgeKind.Silence, _watch.Check(1, owes: true, At(103)));
    }

    [Fact]
    public void MoreFrames_DoNotProlongSilence()
    {
        _watch.OnSent(first: true, At(0));
        _watch.OnSent(first: false, At(2.9));

        Assert.Equal(WedgeKind.Silence, _watch.Check(2, owes: true, At(3)));
    }

    [Fact]
    public void AnswersWithoutCommits_AreAStandstillAfterFifteenSeconds()
    {
        for (var second = 0.5; second < 15; second++)
        {
            // RETRY for ever: nothing is in flight in between.
            _watch.OnSent(first: true, At(second));
            _watch.OnReceipt(At(second), At(second + 0.1));
            Assert.Equal(WedgeKind.None, _watch.Check(0, owes: true, At(second + 0.1)));
        }

        Assert.Equal(WedgeKind.Standstill, _watch.Check(0, owes: true, At(15)));
    }

    [Fact]
    public void OwedButNothingCanBeSent_IsAStandstill()
    {
        _watch.Check(0, owes: false, At(100));

        Assert.Equal(WedgeKind.None, _watch.Check(0, owes: true, At(114.9)));
        Assert.Equal(WedgeKind.Standstill, _watch.Check(0, owes: true, At(115)));
    }

    [Fact]
    public void ACommitNowAndThen_IsNoStandstill()
    {
        for (var second = 0; second < 100; second += 10)
        {
            _watch.OnMoved(At(second));
            Assert.Equal(WedgeKind.None, _watch.Check(0, owes: true, At(second + 9)));
        }
    }

    [Fact]
    public void SlowLink_IsGivenFourUsualAnswers_AndNoMoreThanTenSeconds()
    {
        // Sky Muster: 1.2 s there and back.
        var slow = Watch(welcomeTook: 1.2);
        Assert.Equal(4.8, slow.SilenceLimit.TotalSeconds, 3);
        for (var i = 0; i < 100; i++)
        {
            slow.OnReceipt(At(i), At(i + 8));
        }

        Assert.Equal(10, slow.SilenceLimit.TotalSeconds, 3);
        Assert.InRange(slow.AnswerLimit(TimeSpan.FromSeconds(10)).TotalSeconds, 31, 33);
    }

    [Fact]
    public void Patience_StretchesBothLimits_UpToAMinute()
    {
        Assert.Equal((6, 30), Limits(Watch(patience: 2)));
        Assert.Equal((48, 60), Limits(Watch(patience: 16)));
    }

    private static (double Silence, double Standstill) Limits(WedgeWatch watch) => (watch.SilenceLimit.TotalSeconds, watch.StandstillLimit.TotalSeconds);

    private static WedgeWatch Watch(double welcomeTook = 0.05, int patience = 1) => new(new WedgeLimits(), s_now, TimeSpan.FromSeconds(welcomeTook), patience);

    private static DateTimeOffset At(double seconds) => s_now.AddSeconds(seconds);
}
