using OutbackUptime.Bench.Load;

namespace OutbackUptime.Bench.FrontDoor;

/// <summary>Latencies in milliseconds; null when nothing was answered.</summary>
internal sealed record LatencyRow(double? P50, double? P95, double? P99, double Max)
{
    public static LatencyRow Of(LatencyRecorder recorder) => new(recorder.QuantileMs(0.5), recorder.QuantileMs(0.95), recorder.QuantileMs(0.99), recorder.MaxMicroseconds / 1000.0);
}
