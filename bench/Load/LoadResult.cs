using OutbackUptime.Bench.Machine;

namespace OutbackUptime.Bench.Load;

/// <summary>What a run measured.</summary>
/// <param name="Acknowledged">PUBACKs within the measured time.</param>
/// <param name="Elapsed">The measured time.</param>
/// <param name="Latencies">From due (open loop) or sent (closed loop) to PUBACK.</param>
/// <param name="Unanswered">Requests without PUBACK at the end.</param>
/// <param name="ServerUse">What the server's process used meanwhile.</param>
/// <param name="ServerResidentBytes">Its memory at the end.</param>
internal sealed record LoadResult(long Acknowledged, TimeSpan Elapsed, LatencyRecorder Latencies, long Unanswered, ProcessUse ServerUse, long ServerResidentBytes)
{
    /// <summary>PUBACKs a second.</summary>
    public double Rate => Acknowledged / Elapsed.TotalSeconds;

    /// <summary>The server's CPU time for each PUBACK, in microseconds.</summary>
    public double CpuMicroseconds => ServerUse.CpuSeconds * 1e6 / Math.Max(1, Acknowledged);

    /// <summary>Bytes written for each PUBACK.</summary>
    public double WrittenBytes => (double)ServerUse.WrittenBytes / Math.Max(1, Acknowledged);
}
