using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.Domain.Uplink;

/// <summary>A frame to send.</summary>
/// <param name="FrameId">Unique within the sender, rising.</param>
/// <param name="Ranges">Its entries' offsets, ascending.</param>
/// <param name="OwedRegions">The regions that have not committed them.</param>
/// <param name="IsLive">Whether it holds packets that are new and were never sent before.</param>
public sealed record FramePlan(ulong FrameId, IReadOnlyList<OffsetRange> Ranges, IReadOnlyList<string> OwedRegions, bool IsLive)
{
    /// <summary>How many offsets it names.</summary>
    public long Count => Ranges.Sum(r => r.Count);
}
