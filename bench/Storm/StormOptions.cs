namespace OutbackUptime.Bench.Storm;

/// <summary>What the suite is asked to do.</summary>
internal sealed record StormOptions
{
    public required int Gateways { get; init; }

    /// <summary>Hubs of each station.</summary>
    public required int Hubs { get; init; }

    /// <summary>Backlog of each hub; 2,880 are a day at one every 30 s.</summary>
    public required int PacketsPerHub { get; init; }

    /// <summary>Time between the live packets of a gateway.</summary>
    public required TimeSpan LiveInterval { get; init; }

    public required int SilosPerRegion { get; init; }

    public required string Topology { get; init; }

    /// <summary>Whether gateways come by TLS, each with its own certificate.</summary>
    public required bool Tls { get; init; }

    /// <summary>The storm is given up after this.</summary>
    public required TimeSpan Limit { get; init; }

    public required int Seed { get; init; }

    public required IReadOnlyDictionary<string, string> SiloSettings { get; init; }

    public required string Data { get; init; }

    public string? Report { get; init; }

    public string? Charts { get; init; }
}
