namespace OutbackUptime.Demo.Cluster;

/// <summary>What a drill needs of the system beyond the usual.</summary>
internal sealed record SystemNeeds
{
    public static SystemNeeds Usual { get; } = new();

    /// <summary>Whether gateways reach regions by links that can be cut.</summary>
    public bool Links { get; init; }

    /// <summary>Size of each gateway's own disk in MiB; null: they share the machine's.</summary>
    public int? DiskMegabytes { get; init; }

    /// <summary>Settings of every gateway, e.g. `Journal__MaxBytes`.</summary>
    public IReadOnlyDictionary<string, string> GatewaySettings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
