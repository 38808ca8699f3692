using System.Diagnostics.Metrics;
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

    public UplinkInstruments(IMeterFactory factory, WireMeter wire)
    {
        var meter = factory.Create("OutbackUptime.Uplink");
        _frames = meter.CreateCounter<long>("outback.uplink.frames", "{frame}", "Frames sent.");
        _committed = meter.CreateCounter<long>("outback.uplink.committed", "{entry}", "Entries that a region has committed.");
        _switches = meter.CreateCounter<long>("outback.uplink.switches", "{switch}", "Moves from one region to another.");
        _failures = meter.CreateCounter<long>("outback.uplink.failures", "{failure}", "Connections and frames that failed.");
        _rejected = meter.CreateCounter<long>("outback.uplink.rejected", "{frame}", "Frames that a region refused as breaking the contract.");
        _wedges = meter.CreateCounter<long>("outback.uplink.wedges", "{connection}", "Connections that were up and moved nothing.");
        _canaries = meter.CreateCounter<long>("outback.uplink.canaries", "{packet}", "Packets of the gateway's own, appended after idleness.");
        meter.CreateObservableCounter("outback.uplink.bytes", () => wire.Bytes, "By", "What connections have carried, both ways, TLS included.");
    }

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
