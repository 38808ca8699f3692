using System.Numerics;
using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.Domain.Uplink;

/// <summary>Offsets that go before backlog, in ascending order. What lacks only stores that are down waits until one is up.</summary>
internal sealed class UrgentOffsets
{
    private readonly OffsetRangeSet _offsets = new();
    private readonly OffsetRangeSet _waiting = new();

    public bool IsEmpty => _offsets.Count == 0;

    public void Add(OffsetRange range) => _offsets.Add(range);

    public void Clear()
    {
        Clear(_offsets);
        Clear(_waiting);
    }

    /// <summary>A store is up again.</summary>
    public void OnStoreUp()
    {
        foreach (var range in _waiting.Ranges)
        {
            _offsets.Add(range);
        }

        Clear(_waiting);
    }

    /// <summary>
    /// Takes the first ones that are owed to the same regions; no range when none is left. <paramref name="owed"/> tells by an offset
    /// the regions to send it to (bits), and whether it must wait for a store where there are none.
    /// </summary>
    public (IReadOnlyList<OffsetRange> Ranges, uint Regions) Take(int max, Func<long, (uint Regions, bool Waits)> owed)
    {
        var (taken, regions) = (new OffsetRangeSet(), 0u);
        while (_offsets.Ranges is [var next, ..] && taken.Count < max)
        {
            var (mask, waits) = owed(next.First);
            if (regions != 0 && mask != 0 && mask != regions)
            {
                break;
            }

            var one = new OffsetRange(next.First, next.First);
            _offsets.Remove(one);
            if (BitOperations.PopCount(mask) > 0)
            {
                regions = mask;
                taken.Add(one);
            }
            else if (waits)
            {
                _waiting.Add(one);
            }
        }

        return (taken.Ranges, regions);
    }

    private static void Clear(OffsetRangeSet set) => set.Remove(new OffsetRange(0, long.MaxValue));
}
