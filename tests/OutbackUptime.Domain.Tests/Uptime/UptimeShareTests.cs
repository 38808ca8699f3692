using OutbackUptime.Domain.Uptime;

namespace OutbackUptime.Domain.Tests.Uptime;

public sealed class UptimeShareTests
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private static readonly MinuteRange s_hour = new(s_start, s_start.AddHours(1));

    [Fact]
    public void Of_LeavesUnknownAndUntoldMinutesOutOfTheShares()
    {
        var share = UptimeShare.Of(
            [.. Minutes("a", 0, 30, Verdict.Up), .. Minutes("a", 30, 10, Verdict.LinkDown, late: true), .. Minutes("a", 40, 5, Verdict.Unknown)], ["a"], s_hour);

        Assert.Equal((60, 20, 10), (share.Total, share.Minutes(Verdict.Unknown), share.LateMinutes));
        Assert.Equal(30 / 40d, share.Up);
        Assert.Equal(10 / 40d, share.Of(Verdict.LinkDown));
        Assert.Equal(1, share.Complete);
        Assert.Equal(40 / 60d, share.Known, 1e-9);
        Assert.Null(share.Of(Verdict.Unknown));
    }

    [Fact]
    public void Of_AStation_CountsItsHubsAndItsRangeOnly()
    {
        var share = UptimeShare.Of(
            [.. Minutes("a", -5, 70, Verdict.Up), .. Minutes("b", 0, 60, Verdict.HubDown), .. Minutes("removed", 0, 60, Verdict.Ours)], ["a", "b"], s_hour);

        Assert.Equal((120, 60, 60, 0), (share.Total, share.Minutes(Verdict.Up), share.Minutes(Verdict.HubDown), share.Minutes(Verdict.Ours)));
        Assert.Equal((0.5, 1), (share.Up, share.Known));
    }

    [Fact]
    public void Of_WhenNothingIsKnown_TellsNoShare()
    {
        var share = UptimeShare.Of([], ["a"], s_hour);
        Assert.Equal((null, null, 0), (share.Up, share.Complete, share.Known));
        Assert.Equal(0, UptimeShare.Of([], [], new MinuteRange(s_start, s_start)).Known);
    }

    private static IEnumerable<MinuteVerdict> Minutes(string hub, int from, int count, Verdict verdict, bool late = false) =>
        Enumerable.Range(from, count).Select(m => new MinuteVerdict(hub, s_start.AddMinutes(m), verdict, late));
}
