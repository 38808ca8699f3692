namespace OutbackUptime.Bench.Takeover;

/// <summary>The ledger of a system after its faults.</summary>
internal sealed record TakeoverLedger(string Topology, int Faults, long Acknowledged, long Missing, long Doubled, long Altered, string Verdict, IReadOnlyList<string> Reasons);
