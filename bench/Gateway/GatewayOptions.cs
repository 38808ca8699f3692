using OutbackUptime.Bench.FrontDoor;

namespace OutbackUptime.Bench.Gateway;

/// <summary>What to measure, and how long.</summary>
internal sealed record GatewayOptions
{
    /// <summary>Names of brokers; empty: all.</summary>
    public required IReadOnlyList<string> Only { get; init; }

    /// <summary>Connections and publishes in flight on each.</summary>
    public required IReadOnlyList<FrontDoorShape> Shapes { get; init; }

    /// <summary>Measured time of each run; zero: only kills.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Unmeasured load before it.</summary>
    public required TimeSpan Warmup { get; init; }

    /// <summary>SIGKILLs of each broker; 0: none.</summary>
    public required int Kills { get; init; }

    /// <summary>Load before a SIGKILL.</summary>
    public required TimeSpan KillAfter { get; init; }

    /// <summary>Publishes a second meanwhile.</summary>
    public required double KillRate { get; init; }

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
