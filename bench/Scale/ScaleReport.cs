using OutbackUptime.Bench.Machine;

namespace OutbackUptime.Bench.Scale;

/// <summary>The suite's report.</summary>
internal sealed record ScaleReport(
    MachineReport Machine, string Topology, int Stations, int HubsPerStation, int PacketsPerHub, IReadOnlyList<ScaleRow> Rows, ScaleMeasures? Measures, ScaleLoad Nominal, ScaleLimits Limits, IReadOnlyList<ScalePrediction> Model);
