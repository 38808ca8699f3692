using OutbackUptime.Bench.Machine;

namespace OutbackUptime.Bench.Peers;

/// <summary>A run's report.</summary>
/// <param name="Machine">Where.</param>
/// <param name="Gateway">Which build of ours.</param>
/// <param name="PayloadBytes">Of each publish.</param>
/// <param name="Connections">Hubs.</param>
/// <param name="Skipped">Pipelines that are not there, or failed, with the reason.</param>
/// <param name="Rows">Throughput, latency and cost.</param>
/// <param name="Kills">Lost and doubled.</param>
internal sealed record PeersReport(
    MachineReport Machine, string Gateway, int PayloadBytes, int Connections, IReadOnlyDictionary<string, string> Skipped, IReadOnlyList<PeerRow> Rows, IReadOnlyList<PeerKillRow> Kills);
