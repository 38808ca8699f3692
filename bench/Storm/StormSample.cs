namespace OutbackUptime.Bench.Storm;

/// <summary>A second of the storm.</summary>
/// <param name="Seconds">Since it began.</param>
/// <param name="Drained">Entries of all backlogs that are in both stores.</param>
/// <param name="Connected">Gateways that a region has welcomed.</param>
/// <param name="Live">Live packets committed since the sample before.</param>
/// <param name="SiloBytes">Resident memory by silo.</param>
/// <param name="QueuedRows">Rows that wait in the silos for a store, by store; null where a silo did not answer.</param>
internal sealed record StormSample(
    double Seconds, long Drained, int Connected, LatencyFigures Live, IReadOnlyDictionary<string, long> SiloBytes, IReadOnlyDictionary<string, long> QueuedRows);
