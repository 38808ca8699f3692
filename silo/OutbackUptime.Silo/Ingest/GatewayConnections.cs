using System.Collections.Concurrent;

namespace OutbackUptime.Silo.Ingest;

/// <summary>The gateways connected to this silo. A station may be here twice: its old stream may be half-open.</summary>
internal sealed class GatewayConnections
{
    private readonly ConcurrentDictionary<GatewayConnection, bool> _connections = new();

    public int Count => _connections.Count;

    public IReadOnlyList<GatewayConnection> Snapshot() => [.. _connections.Keys];

    public bool Has(string station) => _connections.Keys.Any(c => c.Station == station);

    public void Add(GatewayConnection connection) => _connections[connection] = true;

    public void Remove(GatewayConnection connection) => _connections.TryRemove(connection, out _);
}
