namespace OutbackUptime.Domain.Uptime;

/// <summary>How patient the judge is, and how much it keeps.</summary>
public sealed record UptimeOptions
{
    /// <summary>A packet committed later than this after the gateway received it was not there in time. Default 30 s.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a gateway's heartbeat comes. Default 30 s.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>No beat of any region for this long, and no region is there. Default 20 s: four beats.</summary>
    public TimeSpan BeatPatience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// A minute that is not decided (a slow hub, a station gone silent) is first told this long after its end, as presumed.
    /// Default 2 min.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Intervals a hub may miss before it is silent. Default 2.5: with what a commit takes, its verdict is there within 3.
    /// </summary>
    public double MissedIntervals { get; init; } = 2.5;

    /// <summary>A gateway's battery at or below this is low, in volts. Default 11.8: a 12 V lead battery that is nearly empty.</summary>
    public double LowBatteryVolts { get; init; } = 11.8;

    /// <summary>A gateway's battery that lost this much within half an hour is falling, in volts. Default 0.5.</summary>
    public double FallingBatteryVolts { get; init; } = 0.5;

    /// <summary>Hours of evidence kept, 5 at least; all but the first three are judged. Default 48: below 25 yesterday's cadence is not known.</summary>
    public int Hours { get; init; } = 48;

    /// <summary>Minutes judged in one call; the rest waits for the next. Default 720.</summary>
    public int MinutesPerJudge { get; init; } = 720;

    /// <summary>Most hubs of a station; others are not judged. Default 1,000.</summary>
    public int MaxHubs { get; init; } = 1_000;
}
