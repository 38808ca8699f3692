using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.Domain.Losses;

/// <summary>Names journal entries that damage has taken: per region that lacks them, per hub and boot where these are known.</summary>
public static class DamageNaming
{
    /// <summary>Most records made at once; what is beyond is named in one of unknown hub.</summary>
    public const int MaxRecords = 500;

    /// <summary>
    /// The records for <paramref name="lost"/>. Offsets that every region has committed are no loss and are not named.
    /// </summary>
    /// <param name="lost">Offsets that can't be read any more, ascending and disjoint.</param>
    /// <param name="known">Whose they were, as far as known; any order.</param>
    /// <param name="committed">Per region what its store has.</param>
    /// <param name="detail">For people.</param>
    public static IReadOnlyList<LossRecord> Name(
        IEnumerable<OffsetRange> lost, IEnumerable<KnownPacket> known, IReadOnlyDictionary<string, OffsetRangeSet> committed, string detail)
    {
        ArgumentNullException.ThrowIfNull(committed);
        var byOffset = known.OrderBy(k => k.Offset).ToArray();
        List<LossRecord> records = [];
        LossRecord? rest = null;
        foreach (var (range, missingIn) in lost.SelectMany(r => Split(r, committed)).Where(p => p.MissingIn.Count > 0))
        {
            foreach (var record in Name(range, Within(byOffset, range), missingIn, detail))
            {
                if (records.Count < MaxRecords)
                {
                    records.Add(record);
                    continue;
                }

                rest = rest is null
                    ? record with { Hub = "", Boot = 0, FirstSeq = 0, LastSeq = 0 }
                    : rest with
                    {
                        FirstOffset = Math.Min(rest.FirstOffset, record.FirstOffset),
                        LastOffset = Math.Max(rest.LastOffset, record.LastOffset),
                        Packets = rest.Packets + record.Packets,
                        MissingIn = [.. rest.MissingIn.Union(record.MissingIn, StringComparer.Ordinal)],
                    };
            }
        }

        return rest is null ? records : [.. records, rest];
    }

    private static IEnumerable<LossRecord> Name(OffsetRange range, ArraySegment<KnownPacket> known, IReadOnlyList<string> missingIn, string detail)
    {
        foreach (var group in known.GroupBy(k => (k.Hub, k.Boot)))
        {
            yield return new LossRecord(
                LossCause.Damaged, group.Min(k => k.Offset), group.Max(k => k.Offset), group.Count(),
                group.Key.Hub, group.Key.Boot, group.Min(k => k.Seq), group.Max(k => k.Seq), missingIn, detail);
        }

        var unknown = range.Count - known.Count;
        if (unknown > 0)
        {
            yield return new LossRecord(LossCause.Damaged, range.First, range.Last, unknown, "", 0, 0, 0, missingIn, detail);
        }
    }

    /// <summary>Pieces within which every region has all or nothing.</summary>
    private static IEnumerable<(OffsetRange Range, IReadOnlyList<string> MissingIn)> Split(OffsetRange range, IReadOnlyDictionary<string, OffsetRangeSet> committed)
    {
        for (var first = range.First; first <= range.Last;)
        {
            var last = range.Last;
            List<string> missingIn = [];
            foreach (var (region, set) in committed)
            {
                if (set.Contains(first))
                {
                    last = Math.Min(last, set.NextMissing(first) - 1);
                }
                else
                {
                    missingIn.Add(region);
                    last = Math.Min(last, set.NextPresent(first) - 1);
                }
            }

            yield return (new OffsetRange(first, last), missingIn);
            first = last + 1;
        }
    }

    private static ArraySegment<KnownPacket> Within(KnownPacket[] sorted, OffsetRange range)
    {
        var (first, end) = (LowerBound(sorted, range.First), LowerBound(sorted, range.Last + 1));
        return new ArraySegment<KnownPacket>(sorted, first, end - first);
    }

    private static int LowerBound(KnownPacket[] sorted, long offset)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = sorted[middle].Offset < offset ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
