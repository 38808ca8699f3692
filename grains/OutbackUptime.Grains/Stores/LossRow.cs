using OutbackUptime.Domain.Losses;

namespace OutbackUptime.Grains.Stores;

/// <summary>A loss record as the stores keep it (<see cref="LossRecord"/> says what it means). Its key is (station, journal epoch, journal offset).</summary>
[GenerateSerializer, Immutable, Alias("outback.loss-row")]
public sealed class LossRow
{
    /// <summary>Place of the record in the gateway's journal.</summary>
    [Id(0)] public required long JournalOffset { get; init; }

    /// <summary>When the gateway wrote it.</summary>
    [Id(1)] public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Why.</summary>
    [Id(2)] public required LossCause Cause { get; init; }

    /// <summary>First journal offset of the run.</summary>
    [Id(3)] public required long FirstOffset { get; init; }

    /// <summary>Last journal offset of the run.</summary>
    [Id(4)] public required long LastOffset { get; init; }

    /// <summary>How many packets are meant.</summary>
    [Id(5)] public required long Packets { get; init; }

    /// <summary>Their hub; empty when not known or several.</summary>
    [Id(6)] public required string Hub { get; init; }

    /// <summary>Their boot; 0 when not known.</summary>
    [Id(7)] public required long Boot { get; init; }

    /// <summary>Lowest seq; 0 when not known.</summary>
    [Id(8)] public required long FirstSeq { get; init; }

    /// <summary>Highest seq; 0 when not known.</summary>
    [Id(9)] public required long LastSeq { get; init; }

    /// <summary>Regions whose store had not committed them.</summary>
    [Id(10)] public required string[] MissingIn { get; init; }

    /// <summary>For people.</summary>
    [Id(11)] public required string Detail { get; init; }
}
