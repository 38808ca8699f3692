using OutbackUptime.Domain.Losses;

namespace OutbackUptime.Grains.Stores;

/// <summary>A thinned row as the stores keep it (<see cref="ThinnedRow"/> says what it means). Its key is (station, journal epoch, journal offset).</summary>
[GenerateSerializer, Immutable, Alias("outback.thin-row")]
public sealed class ThinRow
{
    /// <summary>Place of the row in the gateway's journal.</summary>
    [Id(0)] public required long JournalOffset { get; init; }

    /// <summary>When the gateway wrote it.</summary>
    [Id(1)] public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Hub id.</summary>
    [Id(2)] public required string Hub { get; init; }

    /// <summary>Its boot.</summary>
    [Id(3)] public required long Boot { get; init; }

    /// <summary>Lowest seq.</summary>
    [Id(4)] public required long FirstSeq { get; init; }

    /// <summary>Highest seq.</summary>
    [Id(5)] public required long LastSeq { get; init; }

    /// <summary>How many packets it stands for.</summary>
    [Id(6)] public required long Packets { get; init; }

    /// <summary>Start of the quarter of an hour.</summary>
    [Id(7)] public required DateTimeOffset Bucket { get; init; }

    /// <summary>Names of the metrics; parallel to the values.</summary>
    [Id(8)] public required string[] MetricNames { get; init; }

    /// <summary>Lowest values.</summary>
    [Id(9)] public required double[] Low { get; init; }

    /// <summary>Means.</summary>
    [Id(10)] public required double[] Mean { get; init; }

    /// <summary>Highest values.</summary>
    [Id(11)] public required double[] High { get; init; }

    /// <summary>Latest values.</summary>
    [Id(12)] public required double[] Latest { get; init; }
}
