namespace OutbackUptime.Bench.Peers;

/// <summary>What to measure, and how long.</summary>
internal sealed record PeersOptions
{
    /// <summary>Names of pipelines; empty: all.</summary>
    public required IReadOnlyList<string> Only { get; init; }

    /// <summary>Hubs, each with one publish in flight.</summary>
    public required int Connections { get; init; }

    /// <summary>Load of each run; zero: only kills.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Unmeasured load before.</summary>
    public required TimeSpan Warmup { get; init; }

    /// <summary>How long a backlog may take to reach the store.</summary>
    public required TimeSpan DrainLimit { get; init; }

    /// <summary>SIGKILLs of each part; 0: none.</summary>
    public required int Kills { get; init; }

    /// <summary>Publishes a second meanwhile.</summary>
    public required double KillRate { get; init; }

    /// <summary>Load before a SIGKILL, and after the restart.</summary>
    public required TimeSpan KillAfter { get; init; }

    /// <summary>Seed of the moments of the open loop.</summary>
    public required int Seed { get; init; }

    /// <summary>The gateway's program; null: found.</summary>
    public string? Gateway { get; init; }

    /// <summary>More settings of the gateway, as environment variables.</summary>
    public required IReadOnlyDictionary<string, string> GatewaySettings { get; init; }

    /// <summary>Folder on the disk that is measured.</summary>
    public required string Data { get; init; }

    /// <summary>JSON report.</summary>
    public string? Report { get; init; }
}
