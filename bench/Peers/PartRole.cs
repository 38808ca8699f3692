namespace OutbackUptime.Bench.Peers;

/// <summary>What a part of a pipeline is.</summary>
internal enum PartRole
{
    /// <summary>The engine that holds the rows.</summary>
    Store,

    /// <summary>What else is needed, and is not killed.</summary>
    Support,

    /// <summary>What speaks MQTT with the hubs.</summary>
    Broker,

    /// <summary>What brings packets from there to the store.</summary>
    Service,
}
