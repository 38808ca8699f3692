namespace OutbackUptime.Grains.Stores;

/// <summary>Something that was published and is no packet. Its key is (station, journal epoch, journal offset).</summary>
[GenerateSerializer, Immutable, Alias("outback.quarantine-row")]
public sealed class QuarantineRow
{
    /// <summary>Place in the gateway's journal.</summary>
    [Id(0)] public required long JournalOffset { get; init; }

    /// <summary>Hub id; empty where the topic named none.</summary>
    [Id(1)] public required string Hub { get; init; }

    /// <summary>The MQTT topic.</summary>
    [Id(2)] public required string Topic { get; init; }

    /// <summary>The gateway's receipt time.</summary>
    [Id(3)] public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Stable code, e.g. `metric-not-finite`.</summary>
    [Id(4)] public required string ReasonCode { get; init; }

    /// <summary>What was wrong, for people.</summary>
    [Id(5)] public required string Reason { get; init; }

    /// <summary>What was sent, cut to the payload limit.</summary>
    [Id(6)] public required byte[] Payload { get; init; }

    /// <summary>The span of its publish (W3C traceparent); null where it is not traced. Not stored.</summary>
    [Id(7)] public string? TraceParent { get; init; }
}
