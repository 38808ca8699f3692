namespace OutbackUptime.Bench.FrontDoor;

/// <summary>What to measure, and how long.</summary>
internal sealed record FrontDoorOptions
{
    /// <summary>See <see cref="FrontDoorServer"/>.</summary>
    public required IReadOnlyList<FrontDoorServer> Servers { get; init; }

    /// <summary>Connections and publishes in flight on each.</summary>
    public required IReadOnlyList<FrontDoorShape> Shapes { get; init; }

    /// <summary>Measured time of each run.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Unmeasured load before it.</summary>
    public required TimeSpan Warmup { get; init; }

    /// <summary>Share of the saturation rate at which latency is measured.</summary>
    public double LatencyShare { get; init; } = 0.5;

    /// <summary>Threads of the generator.</summary>
    public required int Threads { get; init; }

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
