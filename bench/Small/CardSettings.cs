namespace OutbackUptime.Bench.Small;

/// <summary>What edge-gateway/deploy sets for a gateway on a card (outback-gateway.service and gateway.env), its linger aside.</summary>
internal static class CardSettings
{
    /// <summary>With what `--set` says on top.</summary>
    public static Dictionary<string, string> With(IReadOnlyDictionary<string, string> more)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["DOTNET_GCGen0MaxBudget"] = "200000",
            ["MALLOC_ARENA_MAX"] = "2",
            ["Journal__CachedEntries"] = "2000",
        };
        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }

        return settings;
    }
}
