namespace OutbackUptime.Domain.Overflow;

/// <summary>When the overflow policy begins, and when it has done enough.</summary>
/// <param name="MaxBytes">The quota. At it packets are refused.</param>
/// <param name="HighWater">Share of the quota, above 0 to 1, at which the policy begins to give up entries.</param>
/// <param name="LowWater">Share of the quota, below the high water, at which it stops.</param>
/// <param name="MaxAge">Age at which it begins, whatever room there is; zero: none.</param>
public sealed record OverflowLimits(long MaxBytes, double HighWater, double LowWater, TimeSpan MaxAge)
{
    /// <summary>Bytes at which the policy begins.</summary>
    public long HighBytes => (long)(MaxBytes * HighWater);

    /// <summary>Bytes at which it stops.</summary>
    public long LowBytes => (long)(MaxBytes * LowWater);

    /// <summary>Age at which it stops: younger than the one at which it begins, in the proportion of the water marks.</summary>
    public TimeSpan LowAge => MaxAge * (LowWater / HighWater);
}
