using OutbackUptime.Domain.Clocks;

namespace OutbackUptime.Grains.Stores;

/// <summary>A packet as the stores keep it. Its key is (station, hub, boot, seq); the station is the batch's.</summary>
[GenerateSerializer, Immutable, Alias("outback.reading-row")]
public sealed class ReadingRow
{
    /// <summary>Hub id.</summary>
    [Id(0)] public required string Hub { get; init; }

    /// <summary>The hub's restart epoch, sent or assigned.</summary>
    [Id(1)] public required long Boot { get; init; }

    /// <summary>Packet number within the boot.</summary>
    [Id(2)] public required long Seq { get; init; }

    /// <summary>Whether the gateway assigned <see cref="Boot"/>.</summary>
    [Id(3)] public required bool BootAssigned { get; init; }

    /// <summary>First 64 bits of the payload's SHA-256.</summary>
    [Id(4)] public required ulong PayloadHash { get; init; }

    /// <summary>The hub's claim, if any.</summary>
    [Id(5)] public required DateTimeOffset? HubTime { get; init; }

    /// <summary>The gateway's receipt time.</summary>
    [Id(6)] public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The time to use (see <see cref="ClockTriage"/>).</summary>
    [Id(7)] public required DateTimeOffset EventTime { get; init; }

    /// <summary>Why <see cref="EventTime"/> is what it is.</summary>
    [Id(8)] public required ClockQuality ClockQuality { get; init; }

    /// <summary>Place in the gateway's journal.</summary>
    [Id(9)] public required long JournalOffset { get; init; }

    /// <summary>Names of the metrics; parallel to <see cref="MetricValues"/>.</summary>
    [Id(10)] public required string[] MetricNames { get; init; }

    /// <summary>Values of the metrics.</summary>
    [Id(11)] public required double[] MetricValues { get; init; }

    /// <summary>
    /// The MQTT payload, byte for byte. Stores don't keep it with a reading; it is what goes to quarantine when the key turns
    /// out to be held by another payload.
    /// </summary>
    [Id(12)] public byte[] Payload { get; init; } = [];

    /// <summary>The span of its publish (W3C traceparent); null for the many that are not traced. Not stored.</summary>
    [Id(13)] public string? TraceParent { get; init; }
}
