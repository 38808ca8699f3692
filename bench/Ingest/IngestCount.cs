using OutbackUptime.Bench.Load;

namespace OutbackUptime.Bench.Ingest;

/// <summary>What all stations' streams saw together. Thread-safe.</summary>
internal sealed class IngestCount
{
    private readonly Lock _lock = new();
    private long _safe;
    private long _again;

    /// <summary>Packets with a receipt from both stores.</summary>
    public long Safe => Interlocked.Read(ref _safe);

    /// <summary>Frames that had to be sent once more.</summary>
    public long Again => Interlocked.Read(ref _again);

    /// <summary>From when a packet was due to its receipt from both stores; of those due since the last <see cref="TakeLatency"/>.</summary>
    private LatencyRecorder _latency = new();

    public void OnSafe(int packets) => Interlocked.Add(ref _safe, packets);

    public void OnAgain() => Interlocked.Increment(ref _again);

    public void OnLatency(LatencyRecorder latency)
    {
        lock (_lock)
        {
            _latency.Add(latency);
        }
    }

    public LatencyRecorder TakeLatency()
    {
        lock (_lock)
        {
            (var taken, _latency) = (_latency, new LatencyRecorder());
            return taken;
        }
    }
}
