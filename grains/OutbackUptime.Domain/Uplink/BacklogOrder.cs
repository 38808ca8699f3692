using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.Domain.Uplink;

/// <summary>
/// Which part of the backlog goes next: the oldest; but where one hub would crowd out the others, an equal share of each hub. It
/// looks ahead only as far as the journal tells it (<see cref="HubRun"/>), and leaves a bounded number of holes.
/// </summary>
internal sealed class BacklogOrder(Func<OffsetRange, IReadOnlyList<HubRun>>? readRuns)
{
    // With more ranges than that the oldest goes, which closes holes.
    private const int MaxRanges = 1024;

    private BacklogSlice? _slice;
    private int _fits = int.MaxValue;

    /// <summary>Of a frame only the first <paramref name="entries"/> fit by bytes. An unfair rest of the frame must not take the place of other hubs' packets.</summary>
    public void OnCut(int entries) => _fits = entries;

    /// <summary>At most <paramref name="max"/> offsets below <paramref name="end"/> to send next; none when none is left.</summary>
    /// <param name="from">Where to begin.</param>
    /// <param name="end">The first offset that is no backlog.</param>
    /// <param name="max">Most offsets.</param>
    /// <param name="ranges">Of how many ranges the committed offsets are.</param>
    /// <param name="nextOwed">The next offset at or after one that is to be sent.</param>
    /// <param name="nextNotOwed">The next offset at or after one that is not.</param>
    public IReadOnlyList<OffsetRange> Pick(long from, long end, int max, int ranges, Func<long, long> nextOwed, Func<long, long> nextNotOwed)
    {
        var first = nextOwed(from);
        if (first >= end)
        {
            return [];
        }

        var picked = new OffsetRangeSet();
        if (ranges < MaxRanges && Slice(first, end) is { IsLopsided: true } slice)
        {
            // Twice as many may fit the next time, until some do not.
            (max, _fits) = (Math.Min(max, _fits), _fits > max ? _fits : _fits * 2);
            picked = slice.PickFairly(max, nextOwed, nextNotOwed);
        }

        // The rest of the frame is the oldest.
        for (var offset = first; picked.Count < max && offset < end;)
        {
            if (picked.Contains(offset))
            {
                offset = nextOwed(picked.NextMissing(offset));
                continue;
            }

            var last = Math.Min(Math.Min(end, nextNotOwed(offset)), picked.NextPresent(offset)) - 1;
            var piece = new OffsetRange(offset, Math.Min(last, offset + max - picked.Count - 1));
            picked.Add(piece);
            offset = nextOwed(piece.Last + 1);
        }

        return picked.Ranges;
    }

    private BacklogSlice? Slice(long first, long end)
    {
        if (readRuns is null)
        {
            return null;
        }

        if (_slice is null || first < _slice.Offsets.First || first > _slice.Offsets.Last)
        {
            _slice = new BacklogSlice(first, readRuns(new OffsetRange(first, end - 1)));
        }

        return _slice;
    }
}
