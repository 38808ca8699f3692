namespace OutbackUptime.Bench.Small;

/// <summary>What edge-gateway/deploy sets for a gateway on a card (outback-gateway.service and gateway.env), its linger aside.</summary>
internal static class CardSettings
{
    /// <summary>With what `--set` says on top.</summary>
    public static Dictionary<string, string> With(IReadOnlyDictionary<string, string> more)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["DOTNET_GCgen0size"] = "40000",
            ["DOTNET_GCGen0MaxBudget"] = "40000",
            ["DOTNET_GCRegionSize"] = "40000",
            ["DOTNET_GCConserveMemory"] = "9",
            ["MALLOC_ARENA_MAX"] = "2",
            ["MALLOC_MMAP_THRESHOLD_"] = "65536",
            ["MALLOC_TRIM_THRESHOLD_"] = "65536",
            ["Journal__CachedEntries"] = "1000",
        };
        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }

        return settings;
    }
}
