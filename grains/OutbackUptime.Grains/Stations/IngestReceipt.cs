namespace OutbackUptime.Grains.Stations;

/// <summary>Which regions hold every entry of a frame, fsynced. Never claims what a store has not committed (I4).</summary>
[GenerateSerializer, Immutable, Alias("outback.ingest-receipt")]
public sealed class IngestReceipt
{
    /// <summary>Regions that have committed all entries.</summary>
    [Id(0)] public required string[] Committed { get; init; }

    /// <summary>Regions that have not answered yet.</summary>
    [Id(1)] public required string[] Pending { get; init; }

    /// <summary>Why a region is in neither list; empty when all is well.</summary>
    [Id(2)] public string Detail { get; init; } = "";

    /// <summary>How many (packet, region) pairs were already committed and not written again.</summary>
    [Id(3)] public int Duplicates { get; init; }
}
