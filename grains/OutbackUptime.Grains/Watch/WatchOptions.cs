using System.ComponentModel.DataAnnotations;

namespace OutbackUptime.Grains.Watch;

/// <summary>The watch over stations (section `Watch`).</summary>
public sealed class WatchOptions
{
    /// <summary>How often a station is judged. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A region without a beat for this long is watched by its peer. Default 20 s: four beats.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan RegionPatience { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>A station that no region asks for this long is left to others. Default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:10:00")]
    public TimeSpan TickPatience { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How often the stores' verdicts and alerts are compared and what one lacks is written from the other. Default 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan ReconcileInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The rules' grain of time (<see cref="Domain.Alerts.AlertLimits.Slot"/>). Ids of alerts depend on it: the same on all silos. Default
    /// 5 min; a demo whose hubs send every second may use 10 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan AlertSlot { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Most packets, verdicts or beats read from a store at once. Default 400,000: two days of 100 hubs, one per 30 s and hub, and some.</summary>
    [Range(1000, 10_000_000)]
    public int MaxRead { get; set; } = 400_000;
}
