using OutbackUptime.Bench.FrontDoor;

namespace OutbackUptime.Bench.Ingest;

/// <summary>One phase.</summary>
/// <param name="Phase">Its name.</param>
/// <param name="PacketsPerSecond">Safe in both stores.</param>
/// <param name="Latency">From a packet's being due to its receipt from both stores; none where as much was sent as was taken.</param>
/// <param name="SiloMicroseconds">CPU of the silos for a packet.</param>
/// <param name="StoreMicroseconds">CPU of both stores for a packet.</param>
/// <param name="OwnMicroseconds">CPU of the generator for a packet.</param>
/// <param name="AllocatedBytes">Allocated by the silos for a packet.</param>
/// <param name="RowsPerInsert">On average.</param>
/// <param name="Again">Frames sent once more.</param>
internal sealed record IngestRow(
    string Phase, double PacketsPerSecond, LatencyRow? Latency, double SiloMicroseconds, double StoreMicroseconds, double OwnMicroseconds, double AllocatedBytes, double RowsPerInsert, long Again);
