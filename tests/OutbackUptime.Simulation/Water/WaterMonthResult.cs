namespace OutbackUptime.Simulation.Water;

/// <summary>What came of a month.</summary>
internal sealed class WaterMonthResult(IReadOnlyList<Fault> faults)
{
    public IReadOnlyList<Fault> Faults { get; } = faults;

    public List<string> False { get; } = [];

    public List<string> Twice { get; } = [];

    public int Notices { get; set; }

    public int Recorded { get; set; }

    public int Takeovers { get; set; }

    /// <summary>Faults of which nobody was told by the deadline; an outage of the link puts it off by what it lasts.</summary>
    public IEnumerable<Fault> Missed => Faults.Where(f => !(f.ToldAt - f.From <= Truth.Deadline(f) + Dark(f)) || TooLate(f));

    /// <summary>A tank that went empty must have been told of before, by the drive.</summary>
    private static bool TooLate(Fault fault) => fault.EmptyAt - fault.ToldAt < 3 * 60;

    private int Dark(Fault fault) => fault.Kind == FaultKind.LinkDown ? 0
        : Faults.Where(f => f.Kind == FaultKind.LinkDown).Sum(f => Math.Max(0, Math.Min(f.To, fault.From + Truth.Deadline(fault)) - Math.Max(f.From, fault.From)));
}
