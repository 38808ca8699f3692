namespace OutbackUptime.Bench.Takeover;

/// <summary>One fault and what came of it.</summary>
/// <param name="Topology">`stretched` or `cells`.</param>
/// <param name="Kind">`sigkill`, `sigstop`, `link-cut`.</param>
/// <param name="Scope">`silo` or `region`.</param>
/// <param name="Victim">Which.</param>
/// <param name="At">When.</param>
/// <param name="Stations">Stations that it hit.</param>
/// <param name="Seconds">Until each of them had a packet committed that its gateway accepted after the fault; the slowest one. Where it did not come, the limit.</param>
/// <param name="InTime">Whether it came within the limit.</param>
/// <param name="SwitchSeconds">The drills' figure: the slowest gateway's first commit through the other region. Null where none changed its region.</param>
/// <param name="CycleSeconds">From the fault until all was steady again.</param>
internal sealed record TakeoverKill(
    string Topology, string Kind, string Scope, string Victim, DateTimeOffset At, int Stations, double Seconds, bool InTime, double? SwitchSeconds, double CycleSeconds);
