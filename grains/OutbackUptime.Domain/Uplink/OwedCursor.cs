using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.Domain.Uplink;

/// <summary>Walks through what is to be sent of some ranges.</summary>
internal sealed class OwedCursor
{
    private readonly IEnumerator<OffsetRange> _owed;
    private OffsetRange _rest;

    /// <param name="ranges">Ascending.</param>
    /// <param name="nextOwed">The next offset at or after one that is to be sent.</param>
    /// <param name="nextNotOwed">The next offset at or after one that is not.</param>
    public OwedCursor(IReadOnlyList<OffsetRange> ranges, Func<long, long> nextOwed, Func<long, long> nextNotOwed)
    {
        _owed = Owed(ranges, nextOwed, nextNotOwed).GetEnumerator();
        MoveNext();
    }

    public bool IsAtEnd { get; private set; }

    /// <summary>The next neighbours, at most <paramref name="most"/> of them. Not at the end.</summary>
    public OffsetRange Take(long most)
    {
        var taken = _rest with { Last = Math.Min(_rest.Last, _rest.First + most - 1) };
        _rest = _rest with { First = taken.Last + 1 };
        if (_rest.Count == 0)
        {
            MoveNext();
        }

        return taken;
    }

    private void MoveNext()
    {
        IsAtEnd = !_owed.MoveNext();
        _rest = IsAtEnd ? default : _owed.Current;
    }

    private static IEnumerable<OffsetRange> Owed(IReadOnlyList<OffsetRange> ranges, Func<long, long> nextOwed, Func<long, long> nextNotOwed)
    {
        foreach (var range in ranges)
        {
            for (var first = nextOwed(range.First); first <= range.Last;)
            {
                var last = Math.Min(range.Last, nextNotOwed(first) - 1);
                yield return new OffsetRange(first, last);
                first = nextOwed(last + 1);
            }
        }
    }
}
