using System.Diagnostics.Metrics;

namespace OutbackUptime.Silo.Ingest;

/// <summary>Counters of the uplink's endpoint.</summary>
internal sealed class IngestInstruments
{
    public const string MeterName = "OutbackUptime.Ingest";

    /// <summary>The frame breaks the contract.</summary>
    public const string Rejected = "rejected";

    /// <summary>The station's grain did not answer in time.</summary>
    public const string Timeout = "timeout";

    /// <summary>The station's grain could not be reached: a silo is going, or gone.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>A bug.</summary>
    public const string Unexpected = "unexpected";

    /// <summary>A stream on which no Hello came in time.</summary>
    public const string NoHello = "no_hello";

    private static readonly KeyValuePair<string, object?> s_stage = new("stage", "stored");
    private readonly Counter<long> _quarantined;
    private readonly Counter<long> _errors;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _doubleStreams;

    public IngestInstruments(IMeterFactory meters, GatewayConnections connections)
    {
        var meter = meters.Create(MeterName);
        _quarantined = meter.CreateCounter<long>("quarantined_packets", "{packet}", "Entries that are no good packets, sent on to quarantine. A frame that comes again counts again.");
        _errors = meter.CreateCounter<long>("ingest_errors", "{packet}", "Entries of frames that were refused or whose outcome is unknown, by reason: the gateway keeps them and sends them again.");
        _refused = meter.CreateCounter<long>("outback.ingest.refused", "{stream}", "Streams that were refused or ended for a fault of the gateway's, by reason.");
        _doubleStreams = meter.CreateCounter<long>("outback.ingest.double_streams", "{stream}", "Streams of a station that had one here already.");
        meter.CreateObservableGauge("outback.ingest.streams", () => connections.Count, "{stream}", "Gateways connected.");
    }

    /// <summary>Lets the counters be seen before they count: else the first error would be no increase.</summary>
    public void Start()
    {
        _quarantined.Add(0, s_stage);
        _doubleStreams.Add(0);
        _refused.Add(0, new KeyValuePair<string, object?>("reason", NoHello));
        foreach (var reason in (ReadOnlySpan<string>)[Rejected, Timeout, Unavailable, Unexpected])
        {
            OnError(reason, 0);
        }
    }

    public void OnQuarantined(int entries) => _quarantined.Add(entries, s_stage);

    /// <summary>A frame was refused or failed; <paramref name="reason"/> is one of the constants.</summary>
    public void OnError(string reason, int entries) => _errors.Add(entries, s_stage, new("reason", reason));

    /// <summary>A stream was refused or failed; <paramref name="reason"/> is a gRPC status, or one of a few constants.</summary>
    public void OnRefused(string reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void OnDoubleStream() => _doubleStreams.Add(1);
}
