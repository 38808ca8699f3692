using OutbackUptime.Bench.Machine;

namespace OutbackUptime.Bench.FrontDoor;

/// <summary>A run's report.</summary>
/// <param name="Machine">Where.</param>
/// <param name="Gateway">Which build.</param>
/// <param name="PayloadBytes">Of each publish.</param>
/// <param name="Rows">The table.</param>
internal sealed record FrontDoorReport(MachineReport Machine, string Gateway, int PayloadBytes, IReadOnlyList<FrontDoorRow> Rows);
