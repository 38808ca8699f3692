namespace OutbackUptime.EdgeGateway.Mqtt.Direct;

/// <summary>Why publishes are not taken straight from the buffer any further.</summary>
internal enum DirectEnd
{
    /// <summary>What follows is for the server library, or not all there.</summary>
    Other,

    /// <summary>The peer has closed.</summary>
    Closed,

    /// <summary>More publishes under way than the client was told.</summary>
    TooMany,

    /// <summary>The server library, which keeps the keep-alive, must hear that the client lives.</summary>
    SignOfLife,
}
