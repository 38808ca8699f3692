namespace OutbackUptime.Bench.Scale;

/// <summary>What a silo and a store may use, and how long the loss of a region may be felt.</summary>
/// <param name="SiloMegabytes">Memory of a silo.</param>
/// <param name="SiloCores">Cores of a silo.</param>
/// <param name="StoreCores">Cores of a store.</param>
/// <param name="StoreInsertsPerSecond">INSERTs a second that a store merges without parts piling up.</param>
/// <param name="RecoverySeconds">Until all stations of a lost region are active in the other.</param>
internal sealed record ScaleLimits(double SiloMegabytes, double SiloCores, double StoreCores, double StoreInsertsPerSecond, double RecoverySeconds);
