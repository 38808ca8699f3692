namespace OutbackUptime.Demo.Hubs;

/// <summary>What all hubs of a fleet count together.</summary>
internal sealed class HubFleetCounters
{
    private long _connected;
    private long _failures;
    private long _rejected;
    private long _dropped;

    /// <summary>Time from publish to PUBACK.</summary>
    public LatencyHistogram PubackLatency { get; } = new();

    /// <summary>Hubs connected now.</summary>
    public long Connected => Interlocked.Read(ref _connected);

    /// <summary>Connections that failed or broke.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>Good packets that a gateway refused.</summary>
    public long Rejected => Interlocked.Read(ref _rejected);

    /// <summary>Unacknowledged packets that went when a hub's flash was full.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public void OnConnected() => Interlocked.Increment(ref _connected);

    public void OnDisconnected() => Interlocked.Decrement(ref _connected);

    public void OnFailure() => Interlocked.Increment(ref _failures);

    public void OnRejected() => Interlocked.Increment(ref _rejected);

    public void OnDropped(int packets) => Interlocked.Add(ref _dropped, packets);
}
