using System.ComponentModel.DataAnnotations;

namespace OutbackUptime.ClickHouse;

/// <summary>Limits of a store writer (section `Stores:Writer`).</summary>
public sealed class WriterOptions
{
    /// <summary>Most rows in one INSERT; the rest waits for the next. Default 20,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxRowsPerInsert { get; set; } = 20_000;

    /// <summary>Most rows that wait. A batch over it is answered `not committed` at once; its gateway sends it again. Default 200,000.</summary>
    [Range(1, 10_000_000)]
    public int MaxQueuedRows { get; set; } = 200_000;

    /// <summary>Most INSERTs a second, so that parts don't pile up faster than they merge. Default 6: a packet waits 80 ms for it on average, and a store spends less than half the CPU that 20 cost (docs/decisions/0009). A writer that was idle never waits.</summary>
    [Range(1, 1000)]
    public int MaxInsertsPerSecond { get; set; } = 6;

    /// <summary>After this an INSERT counts as failed with unknown outcome. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan InsertTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a store behind an open breaker is tried. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:05:00")]
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait for a read of recent keys. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest wait for a query of the console or the API. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan QueryTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Reads of the watch under way at once, per store and silo; others wait. Default 1: when a region's stations all come back, what
    /// their watches read must not take the store from packets.
    /// </summary>
    [Range(1, 100)]
    public int MaxWatchReads { get; set; } = 1;

    /// <summary>Share of the time that each of them may take: after a read its place stays empty for so much longer. Default 0.25.</summary>
    [Range(0.01, 1.0)]
    public double WatchShare { get; set; } = 0.25;
}
