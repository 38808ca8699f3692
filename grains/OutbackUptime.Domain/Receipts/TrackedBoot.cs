namespace OutbackUptime.Domain.Receipts;

/// <summary>What the tracker knows of one boot of a hub.</summary>
internal sealed class TrackedBoot(TrackedHub hub, long number)
{
    private long? _highestSafe;

    public TrackedHub Hub { get; } = hub;

    public long Number { get; } = number;

    /// <summary>Journaled and not yet safe, by seq.</summary>
    public SortedSet<(long Seq, long Offset)> Open { get; } = [];

    /// <summary>The seq last told; null when none was.</summary>
    public long? Claimed { get; set; }

    /// <summary>An entry of it was given up: nothing of it is claimed any more.</summary>
    public bool IsLost { get; set; }

    /// <summary>The highest seq below which nothing known is open; null when nothing can be said.</summary>
    public long? Claimable => IsLost || _highestSafe is not { } safe ? null : Open.Count == 0 ? safe : Math.Min(safe, Open.Min.Seq - 1);

    public void OnSafe(long seq, long offset)
    {
        Open.Remove((seq, offset));
        _highestSafe = Math.Max(_highestSafe ?? long.MinValue, seq);
    }
}
