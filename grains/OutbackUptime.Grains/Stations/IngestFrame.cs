using OutbackUptime.Grains.Stores;

namespace OutbackUptime.Grains.Stations;

/// <summary>A frame as the grain takes it: validated by the ingest endpoint, in journal order.</summary>
[GenerateSerializer, Immutable, Alias("outback.ingest-frame")]
public sealed class IngestFrame
{
    /// <summary>Identity of this attempt, made by the ingest endpoint; the ticket of <see cref="IStationGrain.Settle"/>.</summary>
    [Id(0)] public required Guid Ticket { get; init; }

    /// <summary>The journal that the offsets belong to.</summary>
    [Id(1)] public required Guid JournalEpoch { get; init; }

    /// <summary>The regions whose stores should get the entries.</summary>
    [Id(2)] public required string[] OwedRegions { get; init; }

    /// <summary>Good packets, parsed.</summary>
    [Id(3)] public required ReadingRow[] Readings { get; init; }

    /// <summary>What was no good, with its reason.</summary>
    [Id(4)] public required QuarantineRow[] Quarantined { get; init; }

    /// <summary>What the journal gave up, named.</summary>
    [Id(5)] public LossRow[] Losses { get; init; } = [];

    /// <summary>What is left of packets that the gateway thinned.</summary>
    [Id(6)] public ThinRow[] Thinned { get; init; } = [];
}
