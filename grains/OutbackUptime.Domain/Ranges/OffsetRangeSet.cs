namespace OutbackUptime.Domain.Ranges;

/// <summary>A set of journal offsets, kept as the fewest ascending, disjoint, non-adjacent ranges.</summary>
public sealed class OffsetRangeSet
{
    /// <summary>The ranges, ascending.</summary>
    public IReadOnlyList<OffsetRange> Ranges => throw new NotImplementedException();

    /// <summary>How many offsets are in the set.</summary>
    public long Count => throw new NotImplementedException();

    /// <summary>Adds every offset of the range; what is there already stays. Returns how many were new.</summary>
    public long Add(OffsetRange range) => throw new NotImplementedException();

    /// <summary>Takes every offset of the range out.</summary>
    public void Remove(OffsetRange range) => throw new NotImplementedException();

    /// <summary>Whether the offset is in the set.</summary>
    public bool Contains(long offset) => throw new NotImplementedException();

    /// <summary>The offsets within <paramref name="range"/> that are not in the set, ascending.</summary>
    public IEnumerable<OffsetRange> MissingWithin(OffsetRange range) => throw new NotImplementedException();

    /// <summary>The last offset of the unbroken run that starts at <paramref name="first"/>, or first - 1.</summary>
    public long CoveredThrough(long first) => throw new NotImplementedException();

    /// <summary>The offsets that are in both sets.</summary>
    public OffsetRangeSet Intersect(OffsetRangeSet other) => throw new NotImplementedException();
}
