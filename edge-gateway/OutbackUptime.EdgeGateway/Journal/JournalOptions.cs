using System.ComponentModel.DataAnnotations;
using OutbackUptime.Domain.Overflow;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>Limits of the journal (section `Journal`).</summary>
public sealed class JournalOptions
{
    /// <summary>
    /// Most bytes of the database (its write-ahead log takes up to 64 MiB beside it). At it hubs are answered `Quota exceeded` and
    /// keep their packets. Default 4 GiB: 30 days and more without any region for 100 hubs at 30 s.
    /// </summary>
    [Range(1L << 20, long.MaxValue)]
    public long MaxBytes { get; set; } = 4L << 30;

    /// <summary>
    /// Share of <see cref="MaxBytes"/> at which the overflow policy begins: it drops what one region has already, and then thins the
    /// oldest packets to a row a quarter of an hour. Default 0.9.
    /// </summary>
    [Range(0.1, 1)]
    public double HighWater { get; set; } = 0.9;

    /// <summary>Share of <see cref="MaxBytes"/> at which it stops; below <see cref="HighWater"/>. Default 0.85.</summary>
    [Range(0.05, 1)]
    public double LowWater { get; set; } = 0.85;

    /// <summary>
    /// Age at which a packet is dropped (if one region has it) or thinned (if none has) though there is room. By the gateway's own
    /// clock: set it only where that is kept right. Default zero: what there is room for is kept as it is. At least an hour.
    /// </summary>
    public TimeSpan MaxAge { get; set; } = TimeSpan.Zero;

    /// <summary>Most packets in one commit. Default 1,000.</summary>
    [Range(1, 100_000)]
    public int MaxBatch { get; set; } = 1000;

    /// <summary>Most packets that wait for a commit; a hub's connection waits beyond it. Default 10,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxQueued { get; set; } = 10_000;

    /// <summary>
    /// Least time between two commits, 0 to 1 minute: what comes meanwhile is committed together, which spares a card's cells. A
    /// packet after a pause is committed at once; others wait for their PUBACK by so much at most. Default 0: as the load asks for,
    /// 20 ms at most; 3 s on an SD card (docs/performance.md).
    /// </summary>
    public TimeSpan Linger { get; set; } = TimeSpan.Zero;

    /// <summary>Newest entries kept in memory, so that live frames need not read the card. Default 20,000.</summary>
    [Range(0, 10_000_000)]
    public int CachedEntries { get; set; } = 20_000;

    /// <summary>
    /// Hubs whose recent packets are kept in memory, up to 7 KiB each; a packet of one beyond them is read for, which takes four times
    /// the time. Default 8,192.
    /// </summary>
    [Range(16, 1_000_000)]
    public int HubsInMemory { get; set; } = 8192;

    /// <summary>
    /// How long the structure of the file is checked at a start. A journal that takes longer starts half checked; damage in the
    /// rest is found where it is met. Default 5 s.
    /// </summary>
    public TimeSpan CheckLimit { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many damaged journals are kept aside after a salvage; the oldest are deleted. Default 3.</summary>
    [Range(0, 100)]
    public int DamagedSets { get; set; } = 3;

    /// <summary>Most bytes of damaged journals kept aside; the oldest are deleted, and one that is larger itself. Default 4 GiB.</summary>
    [Range(0, long.MaxValue)]
    public long DamagedBytes { get; set; } = 4L << 30;

    /// <summary>Offsets that the log of arrivals spans for each hub, see <see cref="HubRings"/>. Not a setting: tests make it small.</summary>
    internal int ArrivalsPerHub { get; set; } = 24;

    /// <summary>Offsets that it spans in any case.</summary>
    internal int LeastArrivals { get; set; } = 1024;

    /// <summary>As the overflow policy takes them.</summary>
    internal OverflowLimits Limits => new(MaxBytes, HighWater, LowWater, MaxAge);
}
