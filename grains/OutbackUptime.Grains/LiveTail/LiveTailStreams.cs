using Orleans.Runtime;

namespace OutbackUptime.Grains.LiveTail;

/// <summary>Names of the live tail's streams.</summary>
public static class LiveTailStreams
{
    /// <summary>Name of the stream provider. Where none is registered, no tail is published.</summary>
    public const string Provider = "live";

    /// <summary>The stream of a station's <see cref="StationTail"/> events.</summary>
    public static StreamId Of(string station) => StreamId.Create("station-tail", station);
}
