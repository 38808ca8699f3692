namespace OutbackUptime.Demo.Hubs;

/// <summary>How the simulated hubs behave. Shares are per packet made.</summary>
internal sealed record HubFleetOptions
{
    /// <summary>Time between a hub's packets.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Everything random comes from it: same seed, same packets at the same times.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Hubs with a fault, by `station/hub`.</summary>
    public IReadOnlyDictionary<string, WaterFault> Faults { get; init; } = WaterFaults.Parse(null);

    /// <summary>Packets a hub keeps unacknowledged; beyond that the oldest goes, as in a hub's flash.</summary>
    public int FlashPackets { get; init; } = 10_000;

    /// <summary>Share of packets after whose PUBACK an already acknowledged packet is sent again.</summary>
    public double RepeatShare { get; init; } = 0.005;

    /// <summary>Share of packets before which the hub restarts: next boot, seq from 0.</summary>
    public double RebootShare { get; init; } = 0.000_5;

    /// <summary>Share of packets that are accompanied by one that is no packet at all.</summary>
    public double BadShare { get; init; } = 0.001;

    /// <summary>Waiting for a PUBACK ends, and the connection is given up, after this.</summary>
    public TimeSpan AckTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>First reconnect delay; doubles, with jitter, up to <see cref="MaxBackoff"/>.</summary>
    public TimeSpan MinBackoff { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest reconnect delay.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long stopping waits for PUBACKs of what is in flight.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
