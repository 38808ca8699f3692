namespace OutbackUptime.Grains.LiveTail;

/// <summary>What watchers of a station see, at most once a second. Events may be lost; the stores hold the truth.</summary>
[GenerateSerializer, Immutable, Alias("outback.station-tail")]
public sealed class StationTail
{
    /// <summary>Station id.</summary>
    [Id(0)] public required string Station { get; init; }

    /// <summary>The region that serves it.</summary>
    [Id(1)] public required string Region { get; init; }

    /// <summary>True in the first event of an activation away from the station's home region.</summary>
    [Id(2)] public required bool Takeover { get; init; }

    /// <summary>Packets taken in since the last event.</summary>
    [Id(3)] public required int Packets { get; init; }

    /// <summary>The latest packet of each hub heard since the last event, of at most <see cref="MaxHubs"/> hubs.</summary>
    [Id(4)] public required HubTail[] Latest { get; init; }

    /// <summary>Most hubs in one event; more are left out.</summary>
    public const int MaxHubs = 64;
}
