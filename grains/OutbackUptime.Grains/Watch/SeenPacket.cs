namespace OutbackUptime.Grains.Watch;

/// <summary>A packet as the watch needs it. Of several of a hub within 10 s the newest stands for all.</summary>
[GenerateSerializer, Immutable, Alias("outback.seen-packet")]
public sealed class SeenPacket
{
    /// <summary>Hub id.</summary>
    [Id(0)] public required string Hub { get; init; }

    /// <summary>The gateway's receipt time.</summary>
    [Id(1)] public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When a first store had it.</summary>
    [Id(2)] public required DateTimeOffset CommittedAt { get; init; }

    /// <summary>The time of measurement.</summary>
    [Id(3)] public required DateTimeOffset EventTime { get; init; }

    /// <summary>Names of the metrics; parallel to <see cref="MetricValues"/>.</summary>
    [Id(4)] public required string[] MetricNames { get; init; }

    /// <summary>Values of the metrics.</summary>
    [Id(5)] public required double[] MetricValues { get; init; }
}
