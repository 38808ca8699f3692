namespace OutbackUptime.Silo.GiveBack;

/// <summary>Since when each region has had an active silo without a break.</summary>
internal sealed class SettleClock(TimeSpan settle)
{
    private readonly Dictionary<string, DateTimeOffset> _since = new(StringComparer.Ordinal);

    /// <summary>The regions that have an active silo now; returns those that have had one long enough.</summary>
    public HashSet<string> Update(IEnumerable<string> activeRegions, DateTimeOffset now)
    {
        var active = activeRegions.ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _since.Keys.Except(active).ToArray())
        {
            _since.Remove(gone);
        }

        foreach (var region in active)
        {
            _since.TryAdd(region, now);
        }

        return [.. _since.Where(s => now - s.Value >= settle).Select(s => s.Key)];
    }
}
