namespace OutbackUptime.EdgeGateway.Uplink;

/// <summary>How a connection ended.</summary>
internal enum SessionEndKind
{
    /// <summary>The stream broke, or frames went unanswered.</summary>
    Failed,

    /// <summary>It said "connected" and moved nothing.</summary>
    Wedged,

    /// <summary>The region asked for it.</summary>
    Farewell,

    /// <summary>The region asked for it before anything was committed through this connection.</summary>
    TurnedAway,

    /// <summary>Home is healthy again.</summary>
    GoingHome,
}
