namespace OutbackUptime.Bench.Takeover;

/// <summary>What the suite is asked to do.</summary>
internal sealed record TakeoverOptions
{
    public required IReadOnlyList<string> Topologies { get; init; }

    public required IReadOnlyList<FaultKind> Kinds { get; init; }

    public required IReadOnlyList<FaultScope> Scopes { get; init; }

    /// <summary>Faults of each kind, scope and topology; those that the report holds already count.</summary>
    public required int Kills { get; init; }

    public required int Stations { get; init; }

    public required int Hubs { get; init; }

    public required int Seed { get; init; }

    public required string Data { get; init; }

    public string? Report { get; init; }

    public string? Charts { get; init; }
}
