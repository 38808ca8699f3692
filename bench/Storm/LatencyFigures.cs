using OutbackUptime.Bench.Load;

namespace OutbackUptime.Bench.Storm;

/// <summary>Latencies in milliseconds; null when there were none.</summary>
internal sealed record LatencyFigures(long Count, double? P50Ms, double? P99Ms, double? MaxMs)
{
    public static LatencyFigures Of(LatencyRecorder recorder) =>
        new(recorder.Count, recorder.QuantileMs(0.5), recorder.QuantileMs(0.99), recorder.Count == 0 ? null : recorder.MaxMicroseconds / 1000.0);
}
