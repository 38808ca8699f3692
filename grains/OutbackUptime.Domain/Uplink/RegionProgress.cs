using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.Domain.Uplink;

/// <summary>What a region has, what is on its way to it, and whether its store is said to be up.</summary>
internal sealed class RegionProgress(OffsetRangeSet committed)
{
    private readonly OffsetRangeSet _inFlight = new();

    public OffsetRangeSet Committed { get; } = committed;

    public bool Available { get; set; } = true;

    public DateTimeOffset ProbeAt { get; set; }

    /// <summary>Backlog for it waits until then: it said "up" and did not commit.</summary>
    public DateTimeOffset HoldUntil { get; set; }

    public bool TakesBacklog(DateTimeOffset now) => Available && now >= HoldUntil;

    public bool Covers(long offset) => Committed.Contains(offset) || _inFlight.Contains(offset);

    public long NextUncovered(long offset) => Math.Max(Committed.NextMissing(offset), _inFlight.NextMissing(offset));

    public long NextCovered(long offset) => Math.Min(Committed.NextPresent(offset), _inFlight.NextPresent(offset));

    public void Track(IReadOnlyList<OffsetRange> ranges)
    {
        foreach (var range in ranges)
        {
            _inFlight.Add(range);
        }
    }

    public void Untrack(IReadOnlyList<OffsetRange> ranges)
    {
        foreach (var range in ranges)
        {
            _inFlight.Remove(range);
        }
    }
}
