namespace OutbackUptime.Demo.Hubs;

/// <summary>What a simulated hub publishes.</summary>
internal enum HubPacketKind
{
    /// <summary>A packet as the product wants it.</summary>
    Good,

    /// <summary>Deliberately no packet: must end in quarantine.</summary>
    Bad,
}
