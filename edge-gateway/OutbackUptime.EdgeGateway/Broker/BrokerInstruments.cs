using System.Diagnostics.Metrics;

namespace OutbackUptime.EdgeGateway.Broker;

/// <summary>Metrics of the external broker (meter `OutbackUptime.Broker`).</summary>
internal sealed class BrokerInstruments
{
    private readonly Counter<long> _connections;
    private readonly Counter<long> _sessionsLost;
    private readonly Counter<long> _redelivered;
    private int _connected;

    public BrokerInstruments(IMeterFactory factory)
    {
        var meter = factory.Create("OutbackUptime.Broker");
        _connections = meter.CreateCounter<long>("outback.broker.connections", "{connection}", "Connections made to the broker.");
        _sessionsLost = meter.CreateCounter<long>("outback.broker.sessions_lost", "{session}", "Connections at which the broker had no session of this gateway.");
        _redelivered = meter.CreateCounter<long>("outback.broker.redelivered", "{packet}", "Packets that the broker sent again.");
        meter.CreateObservableGauge("outback.broker.connected", () => Volatile.Read(ref _connected), "{connection}", "1 while connected to the broker.");
    }

    public void OnConnected(bool sessionPresent)
    {
        Volatile.Write(ref _connected, 1);
        _connections.Add(1);
        if (!sessionPresent)
        {
            _sessionsLost.Add(1);
        }
    }

    public void OnDisconnected() => Volatile.Write(ref _connected, 0);

    public void OnRedelivered() => _redelivered.Add(1);
}
