namespace OutbackUptime.Simulation;

/// <summary>What a run that kept all invariants did.</summary>
internal sealed record SimResult(int Acknowledged, TimeSpan HealedIn);
