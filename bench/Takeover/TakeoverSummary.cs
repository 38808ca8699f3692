using OutbackUptime.Bench.Statistics;

namespace OutbackUptime.Bench.Takeover;

/// <summary>The distribution of one kind, scope and topology.</summary>
internal sealed record TakeoverSummary(string Topology, string Scope, string Kind, int NotInTime, Percentiles Seconds)
{
    /// <summary>One for each that the kills hold, in a fixed order.</summary>
    public static IReadOnlyList<TakeoverSummary> Of(IEnumerable<TakeoverKill> kills) =>
    [
        .. kills.GroupBy(k => (k.Topology, k.Scope, k.Kind))
            .OrderByDescending(g => g.Key.Topology, StringComparer.Ordinal)
            .ThenByDescending(g => g.Key.Scope, StringComparer.Ordinal)
            .ThenBy(g => g.Key.Kind, StringComparer.Ordinal)
            .Select(g => new TakeoverSummary(g.Key.Topology, g.Key.Scope, g.Key.Kind, g.Count(k => !k.InTime), Percentiles.Of(g.Select(k => k.Seconds))!)),
    ];
}
