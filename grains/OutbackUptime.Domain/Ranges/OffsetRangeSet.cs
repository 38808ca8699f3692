namespace OutbackUptime.Domain.Ranges;

/// <summary>A set of journal offsets, kept as the fewest ascending, disjoint, non-adjacent ranges.</summary>
public sealed class OffsetRangeSet
{
    private readonly List<OffsetRange> _ranges;

    /// <summary>An empty set.</summary>
    public OffsetRangeSet() => _ranges = [];

    /// <summary>The set of all offsets in <paramref name="ranges"/>, which may overlap and come in any order.</summary>
    public OffsetRangeSet(IEnumerable<OffsetRange> ranges)
        : this()
    {
        foreach (var range in ranges)
        {
            Add(range);
        }
    }

    private OffsetRangeSet(List<OffsetRange> ranges) => _ranges = ranges;

    /// <summary>The ranges, ascending.</summary>
    public IReadOnlyList<OffsetRange> Ranges => _ranges;

    /// <summary>How many offsets are in the set.</summary>
    public long Count { get; private set; }

    /// <summary>A copy that does not change with this one.</summary>
    public OffsetRangeSet Clone() => new([.. _ranges]) { Count = Count };

    /// <summary>Adds every offset of the range; what is there already stays. Returns how many were new.</summary>
    public long Add(OffsetRange range)
    {
        if (range.Last < range.First)
        {
            return 0;
        }

        // Everything that overlaps or touches the range melts into it.
        var start = FirstEndingAtOrAfter(range.First - 1);
        var end = start;
        var (first, last, had) = (range.First, range.Last, 0L);
        while (end < _ranges.Count && _ranges[end].First <= range.Last + 1)
        {
            first = Math.Min(first, _ranges[end].First);
            last = Math.Max(last, _ranges[end].Last);
            had += _ranges[end].Count;
            end++;
        }

        Replace(start, end, new OffsetRange(first, last));
        var added = last - first + 1 - had;
        Count += added;
        return added;
    }

    /// <summary>Takes every offset of the range out.</summary>
    public void Remove(OffsetRange range)
    {
        if (range.Last < range.First)
        {
            return;
        }

        var start = FirstEndingAtOrAfter(range.First);
        var end = start;
        OffsetRange? left = null;
        OffsetRange? right = null;
        while (end < _ranges.Count && _ranges[end].First <= range.Last)
        {
            var hit = _ranges[end++];
            Count -= Math.Min(hit.Last, range.Last) - Math.Max(hit.First, range.First) + 1;
            left = hit.First < range.First ? hit with { Last = range.First - 1 } : left;
            right = hit.Last > range.Last ? hit with { First = range.Last + 1 } : right;
        }

        _ranges.RemoveRange(start, end - start);
        if (right is { } r)
        {
            _ranges.Insert(start, r);
        }

        if (left is { } l)
        {
            _ranges.Insert(start, l);
        }
    }

    /// <summary>Whether the offset is in the set.</summary>
    public bool Contains(long offset)
    {
        var index = FirstEndingAtOrAfter(offset);
        return index < _ranges.Count && _ranges[index].First <= offset;
    }

    /// <summary>The smallest offset at or after <paramref name="offset"/> that is not in the set.</summary>
    public long NextMissing(long offset)
    {
        var index = FirstEndingAtOrAfter(offset);
        return index < _ranges.Count && _ranges[index].First <= offset ? _ranges[index].Last + 1 : offset;
    }

    /// <summary>The smallest offset at or after <paramref name="offset"/> that is in the set, or <see cref="long.MaxValue"/>.</summary>
    public long NextPresent(long offset)
    {
        var index = FirstEndingAtOrAfter(offset);
        return index < _ranges.Count ? Math.Max(offset, _ranges[index].First) : long.MaxValue;
    }

    /// <summary>The offsets within <paramref name="range"/> that are not in the set, ascending.</summary>
    public IEnumerable<OffsetRange> MissingWithin(OffsetRange range)
    {
        var next = range.First;
        for (var index = FirstEndingAtOrAfter(range.First); index < _ranges.Count && _ranges[index].First <= range.Last; index++)
        {
            if (_ranges[index].First > next)
            {
                yield return new OffsetRange(next, _ranges[index].First - 1);
            }

            next = _ranges[index].Last + 1;
        }

        if (next <= range.Last)
        {
            yield return new OffsetRange(next, range.Last);
        }
    }

    /// <summary>The last offset of the unbroken run that starts at <paramref name="first"/>, or first - 1.</summary>
    public long CoveredThrough(long first) => NextMissing(first) - 1;

    /// <summary>The offsets that are in both sets.</summary>
    public OffsetRangeSet Intersect(OffsetRangeSet other)
    {
        var result = new OffsetRangeSet();
        for (int i = 0, j = 0; i < _ranges.Count && j < other._ranges.Count;)
        {
            var (a, b) = (_ranges[i], other._ranges[j]);
            result.Add(new OffsetRange(Math.Max(a.First, b.First), Math.Min(a.Last, b.Last)));
            if (a.Last < b.Last)
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return result;
    }

    private void Replace(int start, int end, OffsetRange by)
    {
        if (start == end)
        {
            _ranges.Insert(start, by);
            return;
        }

        _ranges[start] = by;
        _ranges.RemoveRange(start + 1, end - start - 1);
    }

    /// <summary>Index of the first range whose last offset is at or after <paramref name="offset"/>.</summary>
    private int FirstEndingAtOrAfter(long offset)
    {
        var (low, high) = (0, _ranges.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_ranges[middle].Last < offset)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
