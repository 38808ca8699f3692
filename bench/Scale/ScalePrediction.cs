namespace OutbackUptime.Bench.Scale;

/// <summary>What the model says of a number of silos. Shares are of the limit: above 1 it does not fit.</summary>
internal sealed record ScalePrediction(
    int Silos, double SiloMegabytes, double SiloCores, double StoreCores, double StoreInsertsPerSecond, double RecoverySeconds, IReadOnlyDictionary<string, double> Shares, string Wall, bool Fits);
