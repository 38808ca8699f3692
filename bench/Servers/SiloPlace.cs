namespace OutbackUptime.Bench.Servers;

/// <summary>A silo's region, ports and files.</summary>
/// <param name="Region">E.g. `syd`.</param>
/// <param name="SiloPort">For other silos.</param>
/// <param name="UplinkPort">For gateways.</param>
/// <param name="AdminPort">Health.</param>
/// <param name="WitnessPort">The membership table's.</param>
/// <param name="StorePorts">The engines', by region.</param>
/// <param name="Registry">stations.json.</param>
/// <param name="KeysFolder">Of the console's sign-in.</param>
internal sealed record SiloPlace(
    string Region, int SiloPort, int UplinkPort, int AdminPort, int WitnessPort, IReadOnlyDictionary<string, int> StorePorts, string Registry, string KeysFolder);
