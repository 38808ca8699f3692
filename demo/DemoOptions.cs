namespace OutbackUptime.Demo;

/// <summary>What the demo or a drill is asked to run.</summary>
internal sealed record DemoOptions
{
    /// <summary>Stop after this; null until Ctrl-C.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>Stations, each with a gateway.</summary>
    public int Stations { get; init; } = 3;

    /// <summary>Simulated hubs per station.</summary>
    public int Hubs { get; init; } = 20;

    /// <summary>Time between a hub's packets.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Silos in each region.</summary>
    public int SilosPerRegion { get; init; } = 1;

    /// <summary>`stretched` or `cells`.</summary>
    public string Topology { get; init; } = "stretched";

    /// <summary>Where the JSON report goes, if anywhere.</summary>
    public string? Report { get; init; }

    /// <summary>Folder in which drills leave their reports for the console, if any.</summary>
    public string? Reports { get; init; }

    /// <summary>Seed of all that is random in the load.</summary>
    public int Seed { get; init; }

    /// <summary>Whether a Prometheus of this machine watches it, and is compared with the report at the end.</summary>
    public bool Prometheus { get; init; }

    /// <summary>Data, logs, certificates.</summary>
    public required string Data { get; init; }
}
