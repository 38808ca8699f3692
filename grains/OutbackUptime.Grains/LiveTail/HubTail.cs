namespace OutbackUptime.Grains.LiveTail;

/// <summary>A hub's latest packet.</summary>
[GenerateSerializer, Immutable, Alias("outback.hub-tail")]
public sealed class HubTail
{
    /// <summary>Hub id.</summary>
    [Id(0)] public required string Hub { get; init; }

    /// <summary>Its restart epoch.</summary>
    [Id(1)] public required long Boot { get; init; }

    /// <summary>Packet number within the boot.</summary>
    [Id(2)] public required long Seq { get; init; }

    /// <summary>The time of measurement.</summary>
    [Id(3)] public required DateTimeOffset EventTime { get; init; }

    /// <summary>The metrics by name.</summary>
    [Id(4)] public required Dictionary<string, double> Metrics { get; init; }
}
