using Microsoft.Extensions.Time.Testing;
using OutbackUptime.Domain.Access;

namespace OutbackUptime.Domain.Tests.Access;

public sealed class LoginThrottleTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero));
    private readonly LoginThrottle _throttle = new(new LoginThrottleOptions { MaxEntries = 4 });

    [Fact]
    public void TheFirstFailures_AreFree_ThenEachLocksTwiceAsLong()
    {
        var lockOuts = Enumerable.Range(0, 12).Select(_ => Fail().TotalSeconds);

        Assert.Equal([0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60], lockOuts);
    }

    [Fact]
    public void ALockOut_Ends()
    {
        FailTimes(5);
        Assert.Equal(TimeSpan.FromSeconds(2), Locked());

        _time.Advance(TimeSpan.FromSeconds(1.5));
        Assert.Equal(TimeSpan.FromSeconds(0.5), Locked());
        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(TimeSpan.Zero, Locked());
    }

    [Fact]
    public void ALockOut_IsForOneUserAtOneAddress()
    {
        FailTimes(9);

        Assert.True(Locked() > TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, _throttle.LockedFor("bore-01", "10.0.0.2", _time.GetUtcNow()));
        Assert.Equal(TimeSpan.Zero, _throttle.LockedFor("bore-02", "10.0.0.1", _time.GetUtcNow()));
    }

    [Fact]
    public void ARightAnswer_StartsAnew()
    {
        FailTimes(5);
        _throttle.OnSuccess("bore-01", "10.0.0.1");

        Assert.Equal(TimeSpan.Zero, Locked());
        Assert.Equal(TimeSpan.Zero, Fail());
    }

    [Fact]
    public void QuietForLong_IsForgotten()
    {
        FailTimes(9);
        _time.Advance(TimeSpan.FromMinutes(11));

        Assert.Equal(TimeSpan.Zero, Fail());
        Assert.Equal(1, _throttle.Count);
    }

    [Fact]
    public void EverNewNames_TakeNoMoreMemory_AndPushOutTheOldest()
    {
        FailTimes(5);
        for (var i = 0; i < 1000; i++)
        {
            _throttle.OnFailure($"x-{i}", "10.0.0.9", _time.GetUtcNow());
            Assert.True(_throttle.Count <= 4);
        }

        Assert.Equal(TimeSpan.Zero, Locked());
    }

    [Fact]
    public void FailingForEver_DoesNotOverflow()
    {
        FailTimes(5000);

        Assert.Equal(TimeSpan.FromMinutes(1), Fail());
    }

    private TimeSpan Fail() => _throttle.OnFailure("bore-01", "10.0.0.1", _time.GetUtcNow());

    private void FailTimes(int times)
    {
        for (var i = 0; i < times; i++)
        {
            Fail();
        }
    }

    private TimeSpan Locked() => _throttle.LockedFor("bore-01", "10.0.0.1", _time.GetUtcNow());
}
