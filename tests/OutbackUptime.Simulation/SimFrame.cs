namespace OutbackUptime.Simulation;

/// <summary>A frame on the simulated wire.</summary>
internal sealed record SimFrame(ulong Id, IReadOnlyList<SimRow> Rows, IReadOnlyList<string> Owed);
