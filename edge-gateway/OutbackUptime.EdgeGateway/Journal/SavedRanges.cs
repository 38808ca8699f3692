using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>
/// The committed ranges as the file has them, so that a commit writes what changed only: newest-first leaves hundreds of ranges that
/// stand for as long as the backlog drains. Not thread-safe.
/// </summary>
internal sealed class SavedRanges
{
    private readonly Dictionary<string, HashSet<OffsetRange>> _saved = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<OffsetRange>> _writing = new(StringComparer.Ordinal);

    /// <summary>What to take out of the file and what to put in; first all of it goes out (null), for what the file has is not known.</summary>
    public (IReadOnlyList<OffsetRange>? Gone, IReadOnlyList<OffsetRange> New) Change(string region, IReadOnlyList<OffsetRange> ranges)
    {
        var now = _writing[region] = [.. ranges];
        return _saved.TryGetValue(region, out var before)
            ? ([.. before.Where(r => !now.Contains(r))], [.. ranges.Where(r => !before.Contains(r))])
            : (null, ranges);
    }

    /// <summary>The transaction was committed.</summary>
    public void OnCommitted()
    {
        foreach (var (region, ranges) in _writing)
        {
            _saved[region] = ranges;
        }

        _writing.Clear();
    }

    /// <summary>It was not: nothing is known of the file.</summary>
    public void OnFailed()
    {
        _saved.Clear();
        _writing.Clear();
    }
}
