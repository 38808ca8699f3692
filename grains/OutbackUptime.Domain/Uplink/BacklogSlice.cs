using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.Domain.Uplink;

/// <summary>What lies next in the journal, by hub.</summary>
internal sealed class BacklogSlice
{
    // Where one hub has more than so many times what the others have on average, its share of the link is not what it sent.
    private const int Lopsided = 4;

    // Each piece may leave a hole in the committed ranges.
    private const int MaxPieces = 128;

    private readonly List<List<OffsetRange>> _hubs;

    /// <param name="first">Where it begins.</param>
    /// <param name="runs">What the journal holds from there on, ascending.</param>
    public BacklogSlice(long first, IReadOnlyList<HubRun> runs)
    {
        _hubs = [.. runs.GroupBy(r => r.Hub, StringComparer.Ordinal).Select(g => g.Select(r => r.Offsets).ToList())];
        Offsets = new OffsetRange(first, runs.Count == 0 ? first : runs[^1].Offsets.Last);
        var counts = _hubs.ConvertAll(h => h.Sum(r => r.Count));
        var most = counts.DefaultIfEmpty(0).Max();
        IsLopsided = most * (counts.Count - 1) > Lopsided * (counts.Sum() - most);
    }

    /// <summary>From its first to its last offset.</summary>
    public OffsetRange Offsets { get; }

    /// <summary>Whether one hub would crowd out the others.</summary>
    public bool IsLopsided { get; }

    /// <summary>
    /// The oldest offsets of each hub, equally many of each as far as there are any, and at most <paramref name="max"/>.
    /// <paramref name="nextOwed"/> and <paramref name="nextNotOwed"/> find the next offset at or after one that is (not) to be sent.
    /// </summary>
    public OffsetRangeSet PickFairly(int max, Func<long, long> nextOwed, Func<long, long> nextNotOwed)
    {
        var (picked, pieces) = (new OffsetRangeSet(), 0);
        var hubs = _hubs.ConvertAll(h => new OwedCursor(h, nextOwed, nextNotOwed));
        while (hubs.RemoveAll(h => h.IsAtEnd) >= 0 && hubs.Count > 0 && picked.Count < max && pieces < MaxPieces)
        {
            var share = Math.Max(1, (max - picked.Count) / hubs.Count);
            foreach (var hub in hubs)
            {
                for (var room = Math.Min(share, max - picked.Count); room > 0 && !hub.IsAtEnd && pieces < MaxPieces; pieces++)
                {
                    var piece = hub.Take(room);
                    picked.Add(piece);
                    room -= piece.Count;
                }
            }
        }

        return picked;
    }
}
