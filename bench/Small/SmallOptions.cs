namespace OutbackUptime.Bench.Small;

/// <summary>What to measure, and how long.</summary>
internal sealed record SmallOptions
{
    /// <summary>Starts whose time is taken.</summary>
    public required int Starts { get; init; }

    /// <summary>How long 200 hubs publish once a second before memory is read.</summary>
    public required TimeSpan MemoryTime { get; init; }

    /// <summary>How long 100 hubs publish every 30 s while written bytes are counted.</summary>
    public required TimeSpan FlashTime { get; init; }

    /// <summary>Values of Journal:Linger to compare.</summary>
    public required IReadOnlyList<TimeSpan> Lingers { get; init; }

    /// <summary>Seed of the hubs' moments.</summary>
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
