using OutbackUptime.Domain.Clocks;

namespace OutbackUptime.Domain.Tests.Clocks;

public sealed class ClockTriageTests
{
    private static readonly DateTimeOffset ReceivedAt = new(2026, 11, 23, 1, 2, 3, TimeSpan.Zero);

    [Fact]
    public void Judge_WhenNoClaim_TakesTheReceipt() =>
        Assert.Equal((ReceivedAt, ClockQuality.NoClaim), ClockTriage.Judge(null, ReceivedAt));

    [Theory]
    [InlineData("2019-12-31T23:59:59.999Z", ClockQuality.ClaimTooOld)]
    [InlineData("1970-01-01T00:00:00Z", ClockQuality.ClaimTooOld)]
    [InlineData("2026-11-23T01:07:03.001Z", ClockQuality.ClaimInFuture)]
    [InlineData("9999-12-31T23:59:59Z", ClockQuality.ClaimInFuture)]
    public void Judge_WhenClaimIsImplausible_FlagsItAndTakesTheReceipt(string claim, ClockQuality quality) =>
        Assert.Equal((ReceivedAt, quality), ClockTriage.Judge(DateTimeOffset.Parse(claim), ReceivedAt));

    [Theory]
    [InlineData("2020-01-01T00:00:00Z")]
    [InlineData("2026-11-23T01:02:02Z")]
    [InlineData("2026-11-23T01:07:03Z")]
    public void Judge_WhenClaimIsPlausible_TakesIt(string claim) =>
        Assert.Equal((DateTimeOffset.Parse(claim), ClockQuality.HubClock), ClockTriage.Judge(DateTimeOffset.Parse(claim), ReceivedAt));
}
