using OutbackUptime.Bench.Machine;
using OutbackUptime.Bench.Statistics;

namespace OutbackUptime.Bench.Storm;

/// <summary>The suite's report.</summary>
internal sealed record StormReport(
    MachineReport Machine,
    int Gateways,
    int Hubs,
    int PacketsPerHub,
    double LiveIntervalSeconds,
    int SilosPerRegion,
    string Topology,
    bool Tls,
    bool Finished,
    double Seconds,
    double PacketsPerSecond,
    Percentiles? ConnectedAndCommittedSeconds,
    LatencyFigures LiveCommitted,
    LatencyFigures LiveSafe,
    long LiveGiven,
    StormFairness Fairness,
    long RegionChanges,
    long Wedges,
    IReadOnlyList<StormProcess> Processes,
    IReadOnlyList<StormStore> Stores,
    IReadOnlyList<StormSample> Samples);
