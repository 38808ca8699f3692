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

    /// <summary>The same with a subscriber that is away, for whom it holds what comes, without a limit; in memory, as it does by default.</summary>
    MosquittoQueued,

    /// <summary>The same, saving its database after each change (autosave_on_changes, autosave_interval 1). The PUBACK still comes first.</summary>
    MosquittoAutosave,
}
