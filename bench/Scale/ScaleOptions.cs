namespace OutbackUptime.Bench.Scale;

/// <summary>What the suite is asked to do.</summary>
internal sealed record ScaleOptions
{
    /// <summary>Numbers of silos, each a system of its own; half of them in each region.</summary>
    public required IReadOnlyList<int> Silos { get; init; }

    /// <summary>Stations registered and activated.</summary>
    public required int Stations { get; init; }

    /// <summary>Hubs of each station.</summary>
    public required int Hubs { get; init; }

    /// <summary>Packets of each hub that its window has seen when memory is measured.</summary>
    public required int PacketsPerHub { get; init; }

    public required TimeSpan Idle { get; init; }

    public required TimeSpan Load { get; init; }

    /// <summary>Frames under way at once.</summary>
    public required int Parallelism { get; init; }

    /// <summary>How long a recovery may take.</summary>
    public required TimeSpan Limit { get; init; }

    public required string Topology { get; init; }

    /// <summary>What the model is asked about.</summary>
    public required ScaleLoad Nominal { get; init; }

    public required ScaleLimits Limits { get; init; }

    public required IReadOnlyDictionary<string, string> SiloSettings { get; init; }

    public required string Data { get; init; }

    public string? Report { get; init; }

    public string? Charts { get; init; }
}
