namespace OutbackUptime.Domain.Clocks;

/// <summary>Decides which of the hub's and the gateway's clock to believe. The claim itself is always kept.</summary>
public static class ClockTriage
{
    /// <summary>Judges a hub's claim against the gateway's receipt time.</summary>
    public static (DateTimeOffset EventTime, ClockQuality Quality) Judge(DateTimeOffset? hubClaim, DateTimeOffset receivedAt) =>
        throw new NotImplementedException();
}
