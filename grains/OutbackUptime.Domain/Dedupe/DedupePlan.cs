namespace OutbackUptime.Domain.Dedupe;

/// <summary>
/// What one region's store is to get of a frame. The frame is committed there when the plan's own write is and all of
/// <see cref="WaitsFor"/> are.
/// </summary>
/// <param name="WriteId">Names the plan's own write. <see cref="RegionDedupe.Complete"/> must be called with it, once, however the write ends.</param>
/// <param name="Verdicts">One per entry, in their order.</param>
/// <param name="WaitsFor">Other writes, still under way, which hold entries of this frame. Without duplicates.</param>
public sealed record DedupePlan(long WriteId, IReadOnlyList<DedupeVerdict> Verdicts, IReadOnlyCollection<long> WaitsFor)
{
    /// <summary>Whether every entry is to be written.</summary>
    public bool AllNew { get; init; }
}
