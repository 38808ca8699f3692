namespace OutbackUptime.Demo.Cluster;

/// <summary>What a drill needs of the system beyond the usual.</summary>
internal sealed record SystemNeeds
{
    public static SystemNeeds Usual { get; } = new();

    /// <summary>Whether gateways reach regions by links that can be cut.</summary>
    public bool Links { get; init; }

    /// <summary>Size of each gateway's own disk in MiB; null: they share the machine's.</summary>
    public int? DiskMegabytes { get; init; }

    /// <summary>Whether stations have gateways. Without, whoever measures speaks for them.</summary>
    public bool Gateways { get; init; } = true;

    /// <summary>Settings of every silo, e.g. `Uplink__MaxStreams`.</summary>
    public IReadOnlyDictionary<string, string> SiloSettings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Settings of every gateway, e.g. `Journal__MaxBytes`.</summary>
    public IReadOnlyDictionary<string, string> GatewaySettings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
