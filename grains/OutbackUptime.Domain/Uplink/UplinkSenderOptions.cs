namespace OutbackUptime.Domain.Uplink;

/// <summary>Limits of the sender.</summary>
public sealed record UplinkSenderOptions
{
    /// <summary>Most frames in flight; the region's credit may lower it. Default 16.</summary>
    public int WindowFrames { get; init; } = 16;

    /// <summary>Frames of the window that only live packets may use. Default 4.</summary>
    public int LiveReserve { get; init; } = 4;

    /// <summary>Most entries in a frame. Default 1,000.</summary>
    public int MaxFrameEntries { get; init; } = 1000;

    /// <summary>After this a frame without its final receipt is given up and its entries are owed again. Default 10 s.</summary>
    public TimeSpan FrameTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Wait after a RETRY receipt, before jitter. Default 150 ms.</summary>
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>How often a store that is said to be unavailable is tried with one entry. Default 5 s.</summary>
    public TimeSpan StoreProbeInterval { get; init; } = TimeSpan.FromSeconds(5);
}
