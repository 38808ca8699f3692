namespace OutbackUptime.EdgeGateway.Mqtt.Guard;

/// <summary>Why the front door said no. The set is bounded: it is a tag of a metric.</summary>
internal enum Refusal
{
    /// <summary>None.</summary>
    None,

    /// <summary>Too many connections in all.</summary>
    Connections,

    /// <summary>Too many connections from one address.</summary>
    Address,

    /// <summary>Too many connections that have not shown a valid CONNECT.</summary>
    Pending,

    /// <summary>As <see cref="Pending"/>, from one address.</summary>
    PendingAddress,

    /// <summary>The TLS handshake failed.</summary>
    Handshake,

    /// <summary>The TLS handshake took too long.</summary>
    HandshakeTime,

    /// <summary>The first packet was no CONNECT, or one that can't be read.</summary>
    NotMqtt,

    /// <summary>The CONNECT declared too many bytes.</summary>
    ConnectSize,

    /// <summary>The CONNECT was not whole in time.</summary>
    ConnectTime,

    /// <summary>An admitted client's packet declared too many bytes.</summary>
    PacketSize,

    /// <summary>An admitted client's packet was not whole in time.</summary>
    PacketTime,

    /// <summary>An admitted client's packet can't be read.</summary>
    Malformed,

    /// <summary>More publishes under way than the client was told.</summary>
    ReceiveMaximum,

    /// <summary>A higher topic alias than the client was told.</summary>
    TopicAlias,

    /// <summary>A client that did not read or acknowledge what it was sent.</summary>
    SlowReader,

    /// <summary>Keep-alive of never, or too long.</summary>
    KeepAlive,

    /// <summary>Unknown id or wrong credential.</summary>
    Credentials,

    /// <summary>Locked out after wrong credentials.</summary>
    LockedOut,

    /// <summary>A client certificate that is not the user's.</summary>
    Certificate,

    /// <summary>Too many watchers.</summary>
    Watchers,

    /// <summary>A publish to a topic that is not the client's.</summary>
    Topic,

    /// <summary>A subscription to what is not the client's.</summary>
    Subscription,

    /// <summary>Too many subscriptions of one client.</summary>
    Subscriptions,

    /// <summary>The credential was taken away.</summary>
    Revoked,
}
