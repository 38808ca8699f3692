namespace OutbackUptime.Domain.Uptime;

/// <summary>The verdicts' names as the stores, the API and the console have them.</summary>
public static class VerdictNames
{
    /// <summary>All verdicts, in the order of the way of a packet.</summary>
    public static IReadOnlyList<Verdict> All { get; } =
        [Verdict.Up, Verdict.HubDown, Verdict.GatewayDown, Verdict.LinkDown, Verdict.RegionDown, Verdict.Ours, Verdict.Unknown];

    /// <summary>The name, e.g. `link-down`.</summary>
    public static string NameOf(Verdict verdict) => verdict switch
    {
        Verdict.Up => "up",
        Verdict.HubDown => "hub-down",
        Verdict.GatewayDown => "gateway-down",
        Verdict.LinkDown => "link-down",
        Verdict.RegionDown => "region-down",
        Verdict.Ours => "ours",
        Verdict.Unknown => "unknown",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, null),
    };

    /// <summary>The verdict of a name; null when there is none.</summary>
    public static Verdict? Find(string? name) => name switch
    {
        "up" => Verdict.Up,
        "hub-down" => Verdict.HubDown,
        "gateway-down" => Verdict.GatewayDown,
        "link-down" => Verdict.LinkDown,
        "region-down" => Verdict.RegionDown,
        "ours" => Verdict.Ours,
        "unknown" => Verdict.Unknown,
        _ => null,
    };
}
