namespace OutbackUptime.Bench.Scale;

/// <summary>What the model is fed with, all of it measured. Bytes are of the managed heap after a full collection, but the base.</summary>
/// <param name="BaseBytes">Resident memory of a silo that knows one station.</param>
/// <param name="RegistryBytesPerHub">What each silo holds of each registered hub, its share of the station included.</param>
/// <param name="StationBytes">An active station without its hubs.</param>
/// <param name="HubBytes">A hub of an active station.</param>
/// <param name="SiloMicrosecondsPerPacket">CPU of all silos for a packet.</param>
/// <param name="StoreMicrosecondsPerPacket">CPU of one store for a packet.</param>
/// <param name="IdleCoresOfOneSilo">CPU of a silo that has no peer and nothing to do.</param>
/// <param name="IdleCoresPerPeer">What each peer adds to it.</param>
/// <param name="IdleCoresPerStation">What an active station costs that gets nothing.</param>
/// <param name="DetectionSeconds">From a region's loss to the first station that is active in the other.</param>
/// <param name="RecoveriesPerSecond">Stations that become active in a second.</param>
/// <param name="InsertsPerSiloAndSecond">What a silo's writer sends each store at most (`Stores:Writer:MaxInsertsPerSecond`).</param>
internal sealed record ScaleMeasures(
    double BaseBytes,
    double RegistryBytesPerHub,
    double StationBytes,
    double HubBytes,
    double SiloMicrosecondsPerPacket,
    double StoreMicrosecondsPerPacket,
    double IdleCoresOfOneSilo,
    double IdleCoresPerPeer,
    double IdleCoresPerStation,
    double DetectionSeconds,
    double RecoveriesPerSecond,
    double InsertsPerSiloAndSecond);
