using OutbackUptime.Bench.Limit;
using OutbackUptime.Bench.Machine;

namespace OutbackUptime.Bench.Ingest;

/// <summary>A run's report.</summary>
/// <param name="Machine">Where.</param>
/// <param name="Options">What was asked for.</param>
/// <param name="Rows">Phases.</param>
/// <param name="Limit">The same rows without us.</param>
/// <param name="ShareOfLimit">The pipeline's packets a second by the limit's.</param>
/// <param name="Lost">Packets with a receipt that a store does not have.</param>
/// <param name="Doubled">Packets that a store's exact view has twice.</param>
internal sealed record IngestReport(MachineReport Machine, IngestOptions Options, IReadOnlyList<IngestRow> Rows, LimitRow? Limit, double? ShareOfLimit, long Lost, long Doubled);
