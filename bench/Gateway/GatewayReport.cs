using OutbackUptime.Bench.FrontDoor;
using OutbackUptime.Bench.Machine;

namespace OutbackUptime.Bench.Gateway;

/// <summary>A run's report.</summary>
/// <param name="Machine">Where.</param>
/// <param name="Gateway">Which build.</param>
/// <param name="PayloadBytes">Of each publish.</param>
/// <param name="Skipped">Brokers that are not there, with the reason.</param>
/// <param name="Rows">Rates and latencies.</param>
/// <param name="Kills">Lost and doubled.</param>
internal sealed record GatewayReport(
    MachineReport Machine, string Gateway, int PayloadBytes, IReadOnlyDictionary<string, string> Skipped, IReadOnlyList<FrontDoorRow> Rows, IReadOnlyList<BrokerKillRow> Kills);
