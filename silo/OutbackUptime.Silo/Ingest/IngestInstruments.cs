using System.Diagnostics.Metrics;

namespace OutbackUptime.Silo.Ingest;

/// <summary>Counters of the uplink's endpoint.</summary>
internal sealed class IngestInstruments
{
    public const string MeterName = "OutbackUptime.Ingest";

    private readonly Counter<long> _quarantined;
    private readonly Counter<long> _errors;
    private readonly Counter<long> _doubleStreams;

    public IngestInstruments(IMeterFactory meters, GatewayConnections connections)
    {
        var meter = meters.Create(MeterName);
        _quarantined = meter.CreateCounter<long>("outback.ingest.quarantined", "{packet}", "Entries that are no good packets, sent on to quarantine.");
        _errors = meter.CreateCounter<long>("outback.ingest.errors", "{error}", "Frames and streams that were refused or whose outcome is unknown.");
        _doubleStreams = meter.CreateCounter<long>("outback.ingest.double_streams", "{stream}", "Streams of a station that had one here already.");
        meter.CreateObservableGauge("outback.ingest.streams", () => connections.Count, "{stream}", "Gateways connected.");
    }

    public void OnQuarantined(int entries) => _quarantined.Add(entries);

    /// <summary>Something was refused or failed; <paramref name="reason"/> is one of a few constants.</summary>
    public void OnError(string reason) => _errors.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void OnDoubleStream() => _doubleStreams.Add(1);
}
