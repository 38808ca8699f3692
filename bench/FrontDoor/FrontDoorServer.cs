namespace OutbackUptime.Bench.FrontDoor;

/// <summary>Whose door.</summary>
internal enum FrontDoorServer
{
    /// <summary>Ours: the PUBACK comes after the fsync.</summary>
    Gateway,

    /// <summary>Ours, by TLS.</summary>
    GatewayTls,

    /// <summary>Mosquitto as Debian configures it: the PUBACK comes from memory, and nobody is subscribed.</summary>
    Mosquitto,

    /// <summary>Mosquitto that saves its database after each change, once a second at most, with a subscriber away. PUBACK from memory.</summary>
    MosquittoAutosave,
}
