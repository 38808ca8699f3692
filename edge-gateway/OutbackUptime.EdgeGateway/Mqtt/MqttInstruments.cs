using System.Diagnostics.Metrics;
using OutbackUptime.EdgeGateway.Journal;

namespace OutbackUptime.EdgeGateway.Mqtt;

/// <summary>Metrics of the front door (meter `OutbackUptime.Mqtt`), and the same counts for the status page.</summary>
internal sealed class MqttInstruments
{
    // Made once: a packet is counted often.
    private static readonly KeyValuePair<string, object?>[] s_outcomes =
        [.. Enum.GetValues<AppendStatus>().Order().Select(status => new KeyValuePair<string, object?>("outcome", status.ToString()))];

    private readonly Counter<long> _packets;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _rebirths;
    private long _accepted;
    private long _duplicates;
    private long _quarantined;
    private int _connected;

    public MqttInstruments(IMeterFactory factory)
    {
        var meter = factory.Create("OutbackUptime.Mqtt");
        _packets = meter.CreateCounter<long>("outback.mqtt.packets", "{packet}", "Publishes by what became of them.");
        _refused = meter.CreateCounter<long>("outback.mqtt.refused", "{request}", "Connections, publishes and subscriptions refused, by reason.");
        _rebirths = meter.CreateCounter<long>("outback.mqtt.rebirths", "{request}", "Sparkplug nodes asked for their birth certificates.");
        meter.CreateObservableGauge("outback.mqtt.connected", () => Volatile.Read(ref _connected), "{hub}", "Hubs connected.");
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
                break;
            case AppendStatus.Quarantined:
                Interlocked.Increment(ref _quarantined);
                break;
        }

        _packets.Add(1, s_outcomes[(int)status]);
    }

    public void OnRefused(string reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void OnRebirthAsked() => _rebirths.Add(1);

    public void OnConnected(int change) => Interlocked.Add(ref _connected, change);
}
