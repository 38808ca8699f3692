using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.Domain.Uplink;

/// <summary>Offsets that are not sent as backlog is: not in the journal any more, refused even alone, or of a refused frame.</summary>
internal sealed class OddOffsets
{
    public OffsetRangeSet Absent { get; } = new();

    public OffsetRangeSet Rejected { get; } = new();

    /// <summary>They go one by one, so that the bad one is found and the others get through.</summary>
    public OffsetRangeSet Suspects { get; } = new();

    public bool Contains(long offset) => Absent.Contains(offset) || Rejected.Contains(offset) || Suspects.Contains(offset);

    /// <summary>The next offset at or after one that is not here; ask again with the answer until it stays.</summary>
    public long NextMissing(long offset) => Absent.NextMissing(Rejected.NextMissing(Suspects.NextMissing(offset)));

    public long NextPresent(long offset) => Math.Min(Absent.NextPresent(offset), Math.Min(Rejected.NextPresent(offset), Suspects.NextPresent(offset)));

    /// <summary>A region has refused a frame of these.</summary>
    public void OnRejected(FramePlan plan)
    {
        foreach (var range in plan.Ranges)
        {
            (plan.Count == 1 ? Rejected : Suspects).Add(range);
        }
    }
}
