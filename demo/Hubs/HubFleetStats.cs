using System.Text.Json;

namespace OutbackUptime.Demo.Hubs;

/// <summary>One line of the fleet's statistics. Counts are since start; latencies are of the time since the line before, in the last line of the whole run.</summary>
internal sealed record HubFleetStats(long Published, long Acknowledged, long Bad, long Connected, long Failures, long Rejected, long Dropped, PubackMs PubackMs, bool Final)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static HubFleetStats Of(HubFleetCounters counters, RecordFile record, ReadOnlySpan<long> latencies, bool final) => new(
        record.Published,
        record.Acknowledged,
        record.Bad,
        counters.Connected,
        counters.Failures,
        counters.Rejected,
        counters.Dropped,
        new PubackMs(LatencyHistogram.Quantile(latencies, 0.5), LatencyHistogram.Quantile(latencies, 0.95), LatencyHistogram.Quantile(latencies, 0.99)),
        final);

    public static HubFleetStats? Parse(string line) => JsonSerializer.Deserialize<HubFleetStats>(line, Json);

    public string ToJson() => JsonSerializer.Serialize(this, Json);
}
