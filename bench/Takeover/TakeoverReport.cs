using OutbackUptime.Bench.Machine;

namespace OutbackUptime.Bench.Takeover;

/// <summary>The suite's report; a later run goes on with it.</summary>
internal sealed record TakeoverReport(IReadOnlyList<MachineReport> Machines, IReadOnlyList<TakeoverKill> Kills, IReadOnlyList<TakeoverLedger> Ledgers)
{
    public static TakeoverReport Empty { get; } = new([], [], []);

    /// <summary>What the kills amount to.</summary>
    public IReadOnlyList<TakeoverSummary> Summaries => TakeoverSummary.Of(Kills);

    /// <summary>How many faults of the kind there are.</summary>
    public int Count(string topology, string scope, string kind) => Kills.Count(k => k.Topology == topology && k.Scope == scope && k.Kind == kind);
}
