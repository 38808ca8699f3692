using OutbackUptime.Silo.GiveBack;

namespace OutbackUptime.Silo.Tests.GiveBack;

public sealed class SettleClockTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
    private readonly SettleClock _clock = new(TimeSpan.FromSeconds(5));

    [Fact]
    public void ARegion_SettlesAfterItsTime()
    {
        Assert.Empty(_clock.Update(["syd"], s_now));
        Assert.Empty(_clock.Update(["syd"], s_now.AddSeconds(4.9)));
        Assert.Equal(["syd"], _clock.Update(["syd"], s_now.AddSeconds(5)));
    }

    [Fact]
    public void ARegionThatFlaps_StartsAnew()
    {
        _clock.Update(["syd"], s_now);
        _clock.Update([], s_now.AddSeconds(4));
        _clock.Update(["syd"], s_now.AddSeconds(5));

        Assert.Empty(_clock.Update(["syd"], s_now.AddSeconds(9)));
    }
}
