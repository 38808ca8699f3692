namespace OutbackUptime.Bench.Ingest;

/// <summary>What the suites `ingest` and `limit` are asked to do.</summary>
internal sealed record IngestOptions
{
    public required string Topology { get; init; }

    public required int SilosPerRegion { get; init; }

    public required int Stations { get; init; }

    /// <summary>Hubs of each station.</summary>
    public required int Hubs { get; init; }

    /// <summary>Packets in a frame when as much is sent as is taken.</summary>
    public required int Entries { get; init; }

    /// <summary>Frames of a station under way at once.</summary>
    public required int Window { get; init; }

    public required TimeSpan Warmup { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>Shares of the saturated rate at which latency is taken.</summary>
    public required IReadOnlyList<double> Shares { get; init; }

    /// <summary>Rows in an INSERT of `limit`; 0: as many as the silos' had.</summary>
    public required int LimitRows { get; init; }

    /// <summary>Writers of `limit` for each store; several wait for each other's fsync.</summary>
    public required int LimitWriters { get; init; }

    public IReadOnlyDictionary<string, string> SiloSettings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public required string Data { get; init; }

    public string? Report { get; init; }
}
