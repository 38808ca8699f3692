using System.ComponentModel.DataAnnotations;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>Limits of the journal (section `Journal`).</summary>
public sealed class JournalOptions
{
    /// <summary>Most bytes of the database. At it hubs are answered `Quota exceeded` and keep their packets. Default 4 GiB.</summary>
    [Range(1L << 20, long.MaxValue)]
    public long MaxBytes { get; set; } = 4L << 30;

    /// <summary>Most packets in one commit. Default 1,000.</summary>
    [Range(1, 100_000)]
    public int MaxBatch { get; set; } = 1000;

    /// <summary>Most packets that wait for a commit; a hub's connection waits beyond it. Default 10,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxQueued { get; set; } = 10_000;

    /// <summary>How long a commit waits for more packets: spares a card's cells, and PUBACKs come later by it. Default 0; 3 s on an SD card (docs/performance.md).</summary>
    public TimeSpan Linger { get; set; } = TimeSpan.Zero;

    /// <summary>Newest entries kept in memory, so that live frames need not read the card. Default 20,000.</summary>
    [Range(0, 10_000_000)]
    public int CachedEntries { get; set; } = 20_000;
}
