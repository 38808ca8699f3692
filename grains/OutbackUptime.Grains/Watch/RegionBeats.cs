namespace OutbackUptime.Grains.Watch;

/// <summary>The regions' signs of life that this silo knows of, its own among them once a store has them. Kept for five minutes.</summary>
public sealed class RegionBeats
{
    private static readonly TimeSpan s_kept = TimeSpan.FromMinutes(5);
    private readonly Lock _lock = new();
    private readonly SortedSet<(DateTimeOffset At, string Region)> _beats = [];

    /// <summary>A beat stands in a store. The same one again changes nothing.</summary>
    public void Add(string region, DateTimeOffset at)
    {
        lock (_lock)
        {
            _beats.Add((at, region));
            while (_beats.Count > 0 && _beats.Max.At - _beats.Min.At > s_kept)
            {
                _beats.Remove(_beats.Min);
            }
        }
    }

    /// <summary>When a region was last heard of; null: not within five minutes.</summary>
    public DateTimeOffset? LastOf(string region)
    {
        lock (_lock)
        {
            foreach (var (at, of) in _beats.Reverse())
            {
                if (of == region)
                {
                    return at;
                }
            }
        }

        return null;
    }

    /// <summary>All that are kept, in order of time.</summary>
    public IReadOnlyList<(DateTimeOffset At, string Region)> Snapshot()
    {
        lock (_lock)
        {
            return [.. _beats];
        }
    }
}
