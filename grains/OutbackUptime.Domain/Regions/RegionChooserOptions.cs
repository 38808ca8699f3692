namespace OutbackUptime.Domain.Regions;

/// <summary>How patient a gateway is with a region.</summary>
public sealed record RegionChooserOptions
{
    /// <summary>Failed calls in a row after which the region is left. Default 2.</summary>
    public int FailuresToLeave { get; init; } = 2;

    /// <summary>How long home must have been healthy before the gateway goes back. Default 5 s.</summary>
    public TimeSpan SettleTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Home that is left again within this time of the return is not trusted as soon the next time: each such return doubles the
    /// settle time, up to <see cref="LongestSettleTime"/>. Default 60 s: a wedge is found in 30 s.
    /// </summary>
    public TimeSpan StableTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest settle time. Default 60 s.</summary>
    public TimeSpan LongestSettleTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A wedged connection is not left for a region that failed within this time: it is made anew. Default 10 s.</summary>
    public TimeSpan RecentFailure { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>First wait after a failure; doubles with each. Default 100 ms.</summary>
    public TimeSpan FirstBackoff { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest wait. Default 5 s.</summary>
    public TimeSpan LongestBackoff { get; init; } = TimeSpan.FromSeconds(5);
}
