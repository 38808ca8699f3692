using System.Diagnostics.Metrics;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.EdgeGateway.Mqtt.Guard;

namespace OutbackUptime.EdgeGateway.Mqtt;

/// <summary>Metrics of the front door (meter `OutbackUptime.Mqtt`), and the same counts for the status page.</summary>
internal sealed class MqttInstruments
{
    private const string Stage = "received";
    private static readonly KeyValuePair<string, object?> s_stage = new("stage", Stage);
    private readonly Counter<long> _packets;
    private readonly Counter<long> _repeated;
    private readonly Counter<long> _bad;
    private readonly Counter<long> _errors;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _rebirths;
    private long _accepted;
    private long _duplicates;
    private long _quarantined;
    private int _connected;

    public MqttInstruments(IMeterFactory factory)
    {
        var meter = factory.Create("OutbackUptime.Mqtt");
        _packets = meter.CreateCounter<long>("ingest_packets", "{packet}", "Packets that hubs have published and were answered: good ones, duplicates and quarantined ones.");
        _repeated = meter.CreateCounter<long>("ingest_duplicates", "{packet}", "Packets among them that the journal held already.");
        _bad = meter.CreateCounter<long>("quarantined_packets", "{packet}", "Packets among them that are no good and were journaled with their reason.");
        _errors = meter.CreateCounter<long>("ingest_errors", "{packet}", "Packets that could not be taken, by reason: the hub keeps them and sends them again.");
        _refused = meter.CreateCounter<long>("outback.mqtt.refused", "{request}", "Connections, publishes and subscriptions refused, by reason.");
        _rebirths = meter.CreateCounter<long>("outback.mqtt.rebirths", "{request}", "Sparkplug nodes asked for their birth certificates.");
        meter.CreateObservableGauge("outback.mqtt.connected", () => Volatile.Read(ref _connected), "{hub}", "Hubs connected.");
        foreach (var counter in (ReadOnlySpan<Counter<long>>)[_packets, _repeated, _bad])
        {
            counter.Add(0, s_stage);
        }

        foreach (var refusal in Enum.GetValues<Refusal>().Where(r => r != Refusal.None))
        {
            _refused.Add(0, new KeyValuePair<string, object?>("reason", refusal.Name()));
        }

        foreach (var reason in (ReadOnlySpan<string>)[FailureReasons.QuotaExceeded, FailureReasons.JournalFailed])
        {
            _errors.Add(0, s_stage, new("reason", reason));
        }
    }

    public long Accepted => Interlocked.Read(ref _accepted);

    public long Duplicates => Interlocked.Read(ref _duplicates);

    public long Quarantined => Interlocked.Read(ref _quarantined);

    public int Connected => Volatile.Read(ref _connected);

    public void OnPacket(AppendStatus status)
    {
        switch (status)
        {
            case AppendStatus.Accepted:
                Interlocked.Increment(ref _accepted);
                break;
            case AppendStatus.Duplicate:
                Interlocked.Increment(ref _duplicates);
                _repeated.Add(1, s_stage);
                break;
            case AppendStatus.Quarantined:
                Interlocked.Increment(ref _quarantined);
                _bad.Add(1, s_stage);
                break;
            case AppendStatus.QuotaExceeded:
                OnFailed(FailureReasons.QuotaExceeded, 1);
                return;
        }

        _packets.Add(1, s_stage);
    }

    /// <summary>Packets could not be taken; <paramref name="reason"/> is one of <see cref="FailureReasons"/>.</summary>
    public void OnFailed(string reason, int packets) => _errors.Add(packets, s_stage, new("reason", reason));

    public void OnRefused(string reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void OnRebirthAsked() => _rebirths.Add(1);

    public void OnConnected(int change) => Interlocked.Add(ref _connected, change);
}
