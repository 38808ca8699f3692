using OutbackUptime.Bench.Machine;

namespace OutbackUptime.Bench.Small;

/// <summary>A run's report.</summary>
/// <param name="Machine">Where.</param>
/// <param name="Gateway">Which build.</param>
/// <param name="ProgramBytes">The program and its libraries on disk.</param>
/// <param name="ReadyMs">From process start until a hub's CONNECT was answered, each start.</param>
/// <param name="Memory">200 hubs, each a packet a second.</param>
/// <param name="Flash">100 hubs, each a packet every 30 s.</param>
internal sealed record SmallReport(MachineReport Machine, string Gateway, long ProgramBytes, IReadOnlyList<double> ReadyMs, IReadOnlyList<MemoryRow> Memory, IReadOnlyList<FlashRow> Flash);
