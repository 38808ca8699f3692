using System.ComponentModel.DataAnnotations;
using OutbackUptime.EdgeGateway.Formats;

namespace OutbackUptime.EdgeGateway.Mqtt.Guard;

/// <summary>
/// What a client may cost the gateway (section `Mqtt:Guard`). The defaults fit a station of a few hundred hubs on a Raspberry Pi,
/// also when all of them come back at once behind one router.
/// </summary>
public sealed class GuardOptions
{
    /// <summary>Most connections in all; further ones are closed at once. Default 1,024.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; set; } = 1024;

    /// <summary>Most connections from one address (IPv6: one /64); further ones are closed at once. Default 512.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnectionsPerAddress { get; set; } = 512;

    /// <summary>Most connections that have not shown a valid CONNECT yet; further ones are closed at once. Default 128: each may hold a TLS handshake.</summary>
    [Range(1, 1_000_000)]
    public int MaxPending { get; set; } = 128;

    /// <summary>As <see cref="MaxPending"/>, from one address: others can still come in while one floods. Default 64.</summary>
    [Range(1, 1_000_000)]
    public int MaxPendingPerAddress { get; set; } = 64;

    /// <summary>Longest time for the TLS handshake; the connection is closed at it. Default 10 s.</summary>
    public TimeSpan HandshakeTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest time until the CONNECT is whole; the connection is closed at it. Default 10 s.</summary>
    public TimeSpan ConnectTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest CONNECT in bytes, its will included. One that declares more is refused before memory is taken for it. Default 4 KiB.</summary>
    [Range(64, 65_536)]
    public int MaxConnectBytes { get; set; } = 4096;

    /// <summary>
    /// Longest packet of an admitted client in bytes, told to MQTT 5 clients in the CONNACK; one that declares more ends the
    /// connection (MQTT 5: DISCONNECT 0x95) before memory is taken for it. Default: the most that is read of a payload
    /// (64 KiB: a Sparkplug birth certificate) and 2 KiB for topic and properties.
    /// </summary>
    [Range(1024, 1 << 20)]
    public int MaxPacketBytes { get; set; } = HubPublish.MaxBytes + 2048;

    /// <summary>Longest time from a packet's first byte to its last; the connection is closed at it. Default 30 s: 64 KiB over a poor radio.</summary>
    public TimeSpan PacketTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time that a client may take to read or acknowledge what it is sent; the connection is closed at it. Default 15 s.</summary>
    public TimeSpan WriteTime { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Most publishes of a client that are not fully acknowledged, told to MQTT 5 clients in the CONNACK. One more ends an MQTT 5
    /// connection (DISCONNECT 0x93). Older clients know no such limit: beyond 64 nothing more is read from them. Default 32.
    /// </summary>
    [Range(1, 65_535)]
    public int ReceiveMaximum { get; set; } = 32;

    /// <summary>Most topic aliases of an MQTT 5 client, told in the CONNACK; a higher one ends the connection (0x94). Default 8.</summary>
    [Range(0, 1024)]
    public int MaxTopicAliases { get; set; } = 8;

    /// <summary>Most subscriptions of a client; further ones are answered `Quota exceeded`. Default 16.</summary>
    [Range(1, 1024)]
    public int MaxSubscriptions { get; set; } = 16;

    /// <summary>Most watchers connected at a time; further ones are answered `Quota exceeded`. Default 8.</summary>
    [Range(0, 1024)]
    public int MaxWatchers { get; set; } = 8;

    /// <summary>
    /// Most messages that wait for a client to read them; one that falls further behind is disconnected, and finds the retained
    /// state when it comes back. Default 1,024.
    /// </summary>
    [Range(16, 65_536)]
    public int MaxQueuedMessages { get; set; } = 1024;

    /// <summary>Longest wait between two log lines about one kind of refusal; what comes between is counted. Default 10 s.</summary>
    public TimeSpan LogInterval { get; set; } = TimeSpan.FromSeconds(10);
}
