using System.ComponentModel.DataAnnotations;

namespace OutbackUptime.Silo.LiveTail;

/// <summary>Limits of the live tail's watchers (section `LiveTail`).</summary>
public sealed class LiveTailOptions
{
    /// <summary>Watchers at once on this silo; more are answered 503. Default 32.</summary>
    [Range(1, 1000)]
    public int MaxWatchers { get; set; } = 32;

    /// <summary>Events kept for a watcher that reads slowly; beyond it the oldest is dropped. Default 64.</summary>
    [Range(1, 10_000)]
    public int MaxQueued { get; set; } = 64;
}
