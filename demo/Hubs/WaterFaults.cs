namespace OutbackUptime.Demo.Hubs;

/// <summary>Which simulated hubs have a fault: `mulga-downs/bore-03=leak,ten-mile/bore-01=dry-tank`.</summary>
internal static class WaterFaults
{
    /// <summary>The environment variable that says it, for a demo that starts hubs by itself.</summary>
    public const string Variable = "OUTBACK_WATER_FAULTS";

    private static readonly Dictionary<string, WaterFault> s_byName = new(StringComparer.Ordinal)
    {
        ["leak"] = WaterFault.Leak,
        ["stuck-float"] = WaterFault.StuckFloat,
        ["blocked-line"] = WaterFault.BlockedLine,
        ["pump-still"] = WaterFault.PumpStill,
        ["bore-dry"] = WaterFault.BoreDry,
        ["dry-tank"] = WaterFault.DryTank,
    };

    /// <summary>Reads the list; null or empty: nobody has one.</summary>
    /// <exception cref="DemoException">It is no such list.</exception>
    public static IReadOnlyDictionary<string, WaterFault> Parse(string? list)
    {
        var faults = new Dictionary<string, WaterFault>(StringComparer.Ordinal);
        foreach (var item in (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = item.Split('=');
            if (parts.Length != 2 || !parts[0].Contains('/', StringComparison.Ordinal) || !s_byName.TryGetValue(parts[1], out var fault))
            {
                throw new DemoException($"'{item}' is no fault of a hub; expected station/hub=fault with one of {string.Join(", ", s_byName.Keys)}.");
            }

            faults[parts[0]] = fault;
        }

        return faults;
    }
}
