namespace OutbackUptime.Simulation.Water;

/// <summary>What came of a month.</summary>
internal sealed class WaterMonthResult(IReadOnlyList<Fault> faults)
{
    public IReadOnlyList<Fault> Faults { get; } = faults;

    public List<string> False { get; } = [];

    public List<string> Twice { get; } = [];

    public int Notices { get; set; }

    public int Recorded { get; set; }

    /// <summary>Takeovers, in minutes, whose activation had no packets to look back on.</summary>
    public List<int> ColdStarts { get; } = [];

    public int Takeovers { get; set; }

    /// <summary>Faults of which nobody was told by the deadline; an outage of the link puts it off by what it lasts, a cold start by the 3 h of packets that
    /// the slow rules need, and the half hour in which they make sure.</summary>
    public IEnumerable<Fault> Missed => Faults.Where(f => IsDue(f) && (!(f.ToldAt - f.From <= Truth.Deadline(f) + Dark(f)) || TooLate(f)));

    /// <summary>A pump that fails in a cool week at a full tank isn't asked for before it is mended: there was nothing to tell.</summary>
    private static bool IsDue(Fault fault) => fault.Kind != FaultKind.PumpFailure || fault.LowestPercent < 50;

    /// <summary>A tank that went empty must have been told of before, by the drive.</summary>
    private static bool TooLate(Fault fault) => fault.EmptyAt - fault.ToldAt < 3 * 60;

    private int Dark(Fault fault)
    {
        var by = fault.From + Truth.Deadline(fault);
        return fault.Kind == FaultKind.LinkDown ? 0
            : Faults.Where(f => f.Kind == FaultKind.LinkDown).Sum(f => Math.Max(0, Math.Min(f.To, by) - Math.Max(f.From, fault.From)))
                + (fault.Kind == FaultKind.HubDead ? 0 : 210 * ColdStarts.Count(c => c > fault.From && c < by));
    }
}
