using OutbackUptime.Domain.Regions;

namespace OutbackUptime.Domain.Tests.Regions;

public sealed class RegionChooserTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
    private readonly RegionChooser _chooser = new(new RegionChooserOptions(), "syd", ["mel", "syd"], new Random(1));

    [Fact]
    public void Start_IsHome() => Assert.Equal(new RegionAttempt("syd", DateTimeOffset.MinValue), _chooser.Next);

    [Fact]
    public void OneFailure_TriesTheSameRegionAgainSoon()
    {
        Assert.False(_chooser.OnFailed(s_now));

        Assert.Equal("syd", _chooser.Current);
        Assert.InRange(_chooser.Next.NotBefore - s_now, TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void TwoFailures_LeaveAtOnce()
    {
        _chooser.OnFailed(s_now);

        Assert.True(_chooser.OnFailed(s_now.AddSeconds(0.1)));
        Assert.Equal("mel", _chooser.Current);
        Assert.True(_chooser.Next.NotBefore <= s_now);
    }

    [Fact]
    public void ACommit_ForgivesEarlierFailures()
    {
        _chooser.OnFailed(s_now);
        _chooser.OnCommit();

        Assert.False(_chooser.OnFailed(s_now.AddSeconds(1)));
    }

    [Fact]
    public void BothDown_AreTriedInTurnEverMoreSlowlyButForEver()
    {
        var now = s_now;
        var tried = new List<string>();
        for (var i = 0; i < 40; i++)
        {
            var next = _chooser.Next;
            now = next.NotBefore > now ? next.NotBefore : now;
            tried.Add(next.Region);
            _chooser.OnFailed(now);
            Assert.True(_chooser.Next.NotBefore - now <= TimeSpan.FromSeconds(5));
        }

        Assert.Contains("syd", tried[^4..]);
        Assert.Contains("mel", tried[^4..]);
        Assert.True(now - s_now > TimeSpan.FromSeconds(30), "back-off grows");
    }

    [Fact]
    public void Wedge_LeavesForARegionThatIsNotKnownToBeDown() => Assert.True(_chooser.OnWedged(s_now));

    [Fact]
    public void Wedge_StaysWhereTheOtherRegionFailedAMomentAgo()
    {
        _chooser.OnFailed(s_now);
        _chooser.OnFailed(s_now);

        Assert.False(_chooser.OnWedged(s_now.AddSeconds(5)));
        Assert.Equal("mel", _chooser.Current);
    }

    [Fact]
    public void BothWedged_AreNotHoppedBetween()
    {
        var (now, moves) = (s_now, 0);
        while (now < s_now.AddMinutes(10))
        {
            now += 3 * TimeSpan.FromSeconds(_chooser.WedgePatience);
            moves += _chooser.OnWedged(now) ? 1 : 0;
        }

        Assert.InRange(moves, 2, 15);
        _chooser.OnCommit();
        Assert.Equal(1, _chooser.WedgePatience);
    }

    [Fact]
    public void Home_IsGoneBackToAfterTheSettleTime()
    {
        _chooser.OnWedged(s_now);

        Assert.False(_chooser.OnHomeProbe(true, s_now.AddSeconds(10)));
        Assert.False(_chooser.OnHomeProbe(true, s_now.AddSeconds(14)));
        Assert.True(_chooser.OnHomeProbe(true, s_now.AddSeconds(15)));
        Assert.Equal("syd", _chooser.Current);
    }

    [Fact]
    public void Home_ThatIsLeftAgainSoon_IsTrustedLessSoonEachTime()
    {
        var (now, waits) = (s_now, new List<double>());
        for (var i = 0; i < 7; i++)
        {
            _chooser.OnWedged(now);
            var left = now;
            while (!_chooser.OnHomeProbe(true, now))
            {
                now = now.AddSeconds(1);
            }

            waits.Add((now - left).TotalSeconds);
            // Longer than a failure of the other region is held against it, shorter than what counts as stable.
            now = now.AddSeconds(11);
        }

        Assert.Equal([5, 10, 20, 40, 60, 60, 60], waits);
    }

    [Fact]
    public void Home_ThatStaysHealthy_IsTrustedAgain()
    {
        _chooser.OnWedged(s_now);
        _chooser.OnHomeProbe(true, s_now);
        Assert.True(_chooser.OnHomeProbe(true, s_now.AddSeconds(5)));

        _chooser.OnWedged(s_now.AddMinutes(10));
        _chooser.OnHomeProbe(true, s_now.AddMinutes(10));

        Assert.True(_chooser.OnHomeProbe(true, s_now.AddMinutes(10).AddSeconds(5)));
    }

    [Fact]
    public void Home_ThatFlaps_StartsTheSettleTimeAnew()
    {
        _chooser.OnWedged(s_now);
        _chooser.OnHomeProbe(true, s_now.AddSeconds(10));
        _chooser.OnHomeProbe(false, s_now.AddSeconds(12));

        Assert.False(_chooser.OnHomeProbe(true, s_now.AddSeconds(16)));
        Assert.Equal("mel", _chooser.Current);
    }
}
