using OutbackUptime.Domain.Clocks;

namespace OutbackUptime.Domain.Tests.Clocks;

public sealed class HubClockTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Epoch = DateTimeOffset.UnixEpoch;
    private readonly HubClock _clock = new();

    [Theory]
    [InlineData("1970-01-01T00:00:00Z")]
    [InlineData("2012-01-01T00:00:00Z")]
    [InlineData("2099-01-01T00:00:00Z")]
    public void Repair_WhenAHubSendsLaterWhatItKept_GivesEachPacketItsOwnTime(string start)
    {
        var zero = DateTimeOffset.Parse(start);
        Assert.Null(_clock.Repair(1, 100, zero.AddHours(5), Now)); // live: its receipt is its time

        // Kept since two hours ago, sent now.
        Assert.Equal(Now.AddHours(-2), _clock.Repair(1, 50, zero.AddHours(3), Now.AddSeconds(1)));
        Assert.Equal(Now.AddHours(-1), _clock.Repair(1, 60, zero.AddHours(4), Now.AddSeconds(2)));
    }

    [Fact]
    public void Repair_AfterTheClockWasSet_GivesThoseOfBeforeTheirTime()
    {
        Assert.Null(_clock.Repair(1, 1, Epoch.AddSeconds(30), Now));
        Assert.Null(_clock.Repair(1, 3, Now.AddSeconds(60), Now.AddSeconds(60))); // synchronised

        AssertNear(Now.AddSeconds(30), _clock.Repair(1, 2, Epoch.AddSeconds(60), Now.AddMinutes(10)));
    }

    [Fact]
    public void Repair_WhenOnlyTheSetClockWasHeardLive_BoundsThoseBeforeByIt()
    {
        // The hub sends its newest first: packet 9 has a set clock, 8 and 7 were measured 30 and 60 s before.
        Assert.Null(_clock.Repair(1, 9, Now, Now));

        Assert.Equal(Now, _clock.Repair(1, 8, Epoch.AddSeconds(570), Now.AddHours(1)));
        Assert.Equal(Now.AddSeconds(-30), _clock.Repair(1, 7, Epoch.AddSeconds(540), Now.AddHours(1)));
    }

    [Fact]
    public void Repair_OfTheNextBoot_BuildsOnNothing()
    {
        _clock.Repair(1, 100, Epoch.AddHours(5), Now);

        Assert.Null(_clock.Repair(2, 0, Epoch.AddSeconds(5), Now.AddSeconds(60)));
        Assert.Equal(2, _clock.Learned!.Value.Boot);
    }

    [Fact]
    public void Repair_WhenTheClockIsSetBackWithinABoot_LearnsAnew()
    {
        _clock.Repair(1, 100, Epoch.AddHours(5), Now);

        Assert.Null(_clock.Repair(1, 101, Epoch, Now.AddSeconds(30)));
        AssertNear(Now.AddSeconds(45), _clock.Repair(1, 102, Epoch.AddSeconds(15), Now.AddSeconds(50)));
    }

    [Fact]
    public void Repair_WhenTheGatewaysClockWasBehind_BelievesIntoItAgainAfterFive()
    {
        // The gateway came up 3 h behind, and was set after its first packet.
        _clock.Repair(1, 1, Epoch.AddSeconds(30), Now.AddHours(-3));

        for (var i = 2; i < 2 + HubClock.StepAfter - 1; i++)
        {
            Assert.NotNull(_clock.Repair(1, i, Epoch.AddSeconds(30 * i), Now.AddSeconds(30 * i)));
        }

        Assert.Null(_clock.Repair(1, 50, Epoch.AddSeconds(1500), Now.AddSeconds(1500)));
        AssertNear(Now.AddSeconds(1530), _clock.Repair(1, 51, Epoch.AddSeconds(1530), Now.AddSeconds(1531)));
    }

    [Fact]
    public void Repair_WhenTheGatewaysClockWasNeverSet_TeachesNothing()
    {
        Assert.Null(_clock.Repair(1, 1, Epoch.AddSeconds(30), Epoch.AddSeconds(90)));
        Assert.Null(_clock.Learned);
    }

    [Fact]
    public void Repair_ThatSaysLongerThanAHubKeeps_IsNotBelieved()
    {
        _clock.Repair(1, 100, Epoch.AddDays(100), Now);

        Assert.Null(_clock.Repair(1, 1, Epoch.AddDays(39), Now));
        Assert.Equal(Now.AddDays(-59), _clock.Repair(1, 2, Epoch.AddDays(41), Now));
    }

    // The bound rises with the hub's time by what its quartz may drift.
    private static void AssertNear(DateTimeOffset expected, DateTimeOffset? repaired) =>
        Assert.InRange(repaired!.Value, expected, expected.AddMilliseconds(5));
}
