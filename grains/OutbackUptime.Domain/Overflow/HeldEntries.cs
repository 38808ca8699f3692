using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.Domain.Overflow;

/// <summary>Finds what a region has already and another lacks.</summary>
public static class HeldEntries
{
    /// <summary>The oldest such entries, at most <paramref name="max"/>.</summary>
    /// <param name="kept">What the journal holds.</param>
    /// <param name="committed">Per region what it has.</param>
    /// <param name="except">Passed over.</param>
    /// <param name="max">Most offsets to return.</param>
    public static IReadOnlyList<HeldRange> Oldest(
        OffsetRangeSet kept, IReadOnlyDictionary<string, OffsetRangeSet> committed, OffsetRangeSet except, long max)
    {
        ArgumentNullException.ThrowIfNull(kept);
        ArgumentNullException.ThrowIfNull(committed);
        ArgumentNullException.ThrowIfNull(except);
        List<HeldRange> found = [];
        var sets = committed.Values.ToArray();
        for (var offset = 0L; max > 0;)
        {
            offset = kept.NextPresent(except.NextMissing(offset));
            if (offset == long.MaxValue)
            {
                break;
            }

            if (except.Contains(offset))
            {
                continue;
            }

            // Up to here every region stays as it is: it has all of these or none.
            var end = Math.Min(kept.NextMissing(offset), except.NextPresent(offset));
            var holders = 0;
            foreach (var set in sets)
            {
                var has = set.Contains(offset);
                holders += has ? 1 : 0;
                end = Math.Min(end, has ? set.NextMissing(offset) : set.NextPresent(offset));
            }

            if (holders > 0 && holders < sets.Length)
            {
                var range = new OffsetRange(offset, Math.Min(end, offset + max) - 1);
                found.Add(new HeldRange(range, [.. committed.Where(c => !c.Value.Contains(range.First)).Select(c => c.Key).Order(StringComparer.Ordinal)]));
                max -= range.Count;
            }

            offset = end;
        }

        return found;
    }
}
