namespace OutbackUptime.Domain.Alerts;

/// <summary>The rules' thresholds. docs/alerts.md says why each is what it is; all times are event time.</summary>
public sealed record AlertLimits
{
    /// <summary>
    /// The grain of time: packets are gathered into slots of this length and rules look at closed slots only, so that the order of
    /// packets within a slot decides nothing. Default 5 min; the demo uses less.
    /// </summary>
    public TimeSpan Slot { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A slot is looked at this long after its end: packets on their way are waited for. Default 1 min.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How far back slots are kept, and how late a packet may be to still be looked at. Default 26 h: a day and what the rules need around it.</summary>
    public TimeSpan Memory { get; init; } = TimeSpan.FromHours(26);

    /// <summary>Slots kept per hub and metric: <see cref="Memory"/>, at most 600.</summary>
    public int MemorySlots => (int)Math.Clamp(Memory / Slot, 12, 600);

    /// <summary>An episode whose newest evidence is older than this opens nothing: it is written down. Default 3 h.</summary>
    public TimeSpan Stale { get; init; } = TimeSpan.FromHours(3);

    /// <summary>Stock off water this long in great heat are hard to save (MLA, CSU 2015). Default 48 h; the drive is taken off.</summary>
    public TimeSpan HardToSave { get; init; } = TimeSpan.FromHours(48);

    /// <summary>A warning when less water than this and the drive is left: the next day's run can still be re-planned. Default 24 h.</summary>
    public TimeSpan PlanningTime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Critical when less water than this and the drive is left: what comes at night is answered in the morning. Default 8 h.</summary>
    public TimeSpan OvernightTime { get; init; } = TimeSpan.FromHours(8);

    /// <summary>Low level with no drive, in percent (bushlinx: 25 to 30). Default 25.</summary>
    public double LowPercent { get; init; } = 25;

    /// <summary>Added for each hour of drive, in percent. Default 1.</summary>
    public double LowPercentPerDriveHour { get; init; } = 1;

    /// <summary>At or below this the tank is as good as dry, in percent. Default 5.</summary>
    public double DryPercent { get; init; } = 5;

    /// <summary>A fall this many times the normal is a leak or a stuck float. Default 3.</summary>
    public double FallFactor { get; init; } = 3;

    /// <summary>Intervals without a packet, the hub being at fault, until people are told. Default 10.</summary>
    public int SilentIntervals { get; init; } = 10;

    /// <summary>But at least this long. Default 15 min.</summary>
    public TimeSpan ShortestSilence { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>A gateway, link or region must be down this long. Default 15 min: satellite links come and go.</summary>
    public TimeSpan ShortestOutage { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Cleared alerts kept, newest first, per station: they keep a takeover from repeating an episode. Default 256.</summary>
    public int KeptAlerts { get; init; } = 256;
}
