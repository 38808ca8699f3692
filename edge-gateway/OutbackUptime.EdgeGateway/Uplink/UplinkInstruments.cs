using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using OutbackUptime.Domain.Telemetry;
using OutbackUptime.Domain.Uplink;

namespace OutbackUptime.EdgeGateway.Uplink;

/// <summary>Metrics of the uplink (meter `OutbackUptime.Uplink`).</summary>
internal sealed class UplinkInstruments
{
    private readonly Counter<long> _frames;
    private readonly Counter<long> _committed;
    private readonly Counter<long> _switches;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _wedges;
    private readonly Counter<long> _canaries;
    private readonly Histogram<double> _latency;

    public UplinkInstruments(IMeterFactory factory, WireMeter wire, UplinkLag lag, IOptions<UplinkOptions> options)
    {
        var meter = factory.Create("OutbackUptime.Uplink");
        _frames = meter.CreateCounter<long>("outback.uplink.frames", "{frame}", "Frames sent.");
        _committed = meter.CreateCounter<long>("outback.uplink.committed", "{entry}", "Entries that a region has committed.");
        _switches = meter.CreateCounter<long>("outback.uplink.switches", "{switch}", "Moves from one region to another.");
        _failures = meter.CreateCounter<long>("outback.uplink.failures", "{failure}", "Connections and frames that failed.");
        _rejected = meter.CreateCounter<long>("outback.uplink.rejected", "{frame}", "Frames that a region refused as breaking the contract.");
        _wedges = meter.CreateCounter<long>("outback.uplink.wedges", "{connection}", "Connections that were up and moved nothing.");
        _canaries = meter.CreateCounter<long>("outback.uplink.canaries", "{packet}", "Packets of the gateway's own, appended after idleness.");
        _latency = meter.CreateHistogram(
            "ingest_latency",
            "s",
            "From the gateway's receipt of a packet to the region's receipt for it: stage `committed` for the first region that has it, `safe` for the last.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = LatencyBuckets.Seconds });
        meter.CreateObservableCounter("outback.uplink.bytes", () => wire.Bytes, "By", "What connections have carried, both ways, TLS included.");
        meter.CreateObservableGauge("watermark_lag", () => lag.ByRegion(), "s", "Age of the oldest packet that a region lacks; 0 when it has all.");
        meter.CreateObservableGauge("journal_oldest_unsafe_age", () => lag.Oldest(), "s", "Age of the oldest packet that is not safe in all regions; 0 when all are.");
        _canaries.Add(0);
        _rejected.Add(0);
        foreach (var region in options.Value.Regions.Keys)
        {
            OnCommitted(region, 0);
            _switches.Add(0, new KeyValuePair<string, object?>("to", region));
            foreach (var reason in (ReadOnlySpan<string>)["failed", "wedged"])
            {
                _failures.Add(0, new("region", region), new("reason", reason));
            }

            foreach (var kind in (ReadOnlySpan<WedgeKind>)[WedgeKind.Silence, WedgeKind.Standstill])
            {
                _wedges.Add(0, new("region", region), new("kind", kind.ToString()));
            }
        }
    }

    /// <summary>A region's receipt names a packet; <paramref name="stage"/> is `committed` or `safe`.</summary>
    public void OnLatency(string stage, string region, TimeSpan latency) =>
        _latency.Record(latency.TotalSeconds, new("stage", stage), new("region", region));

    public void OnFrame(bool live) => _frames.Add(1, new KeyValuePair<string, object?>("kind", live ? "live" : "backlog"));

    public void OnCommitted(string region, long entries) => _committed.Add(entries, new KeyValuePair<string, object?>("region", region));

    public void OnRejected() => _rejected.Add(1);

    public void OnWedge(string region, WedgeKind kind) =>
        _wedges.Add(1, new KeyValuePair<string, object?>("region", region), new KeyValuePair<string, object?>("kind", kind.ToString()));

    public void OnCanary() => _canaries.Add(1);

    public void OnSwitch(string to) => _switches.Add(1, new KeyValuePair<string, object?>("to", to));

    public void OnFailure(string region, string reason) =>
        _failures.Add(1, new KeyValuePair<string, object?>("region", region), new KeyValuePair<string, object?>("reason", reason));
}
