namespace OutbackUptime.Domain.Clocks;

/// <summary>Decides which of the hub's and the gateway's clock to believe. The claim itself is always kept.</summary>
public static class ClockTriage
{
    /// <summary>A claim before this comes from a clock that was never set.</summary>
    public static readonly DateTimeOffset Earliest = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How far a claim may lie after the receipt.</summary>
    public static readonly TimeSpan MaxAhead = TimeSpan.FromMinutes(5);

    /// <summary>Judges a hub's claim against the gateway's receipt time.</summary>
    public static (DateTimeOffset EventTime, ClockQuality Quality) Judge(DateTimeOffset? hubClaim, DateTimeOffset receivedAt) =>
        hubClaim is not { } claim ? (receivedAt, ClockQuality.NoClaim)
        : claim < Earliest ? (receivedAt, ClockQuality.ClaimTooOld)
        : claim - receivedAt > MaxAhead ? (receivedAt, ClockQuality.ClaimInFuture)
        : (claim, ClockQuality.HubClock);
}
