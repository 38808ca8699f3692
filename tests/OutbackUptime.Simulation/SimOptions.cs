namespace OutbackUptime.Simulation;

/// <summary>How a simulated world is. The switches below break a rule on purpose, to prove that the checks notice.</summary>
internal sealed record SimOptions
{
    public int Seed { get; init; }

    public int Hubs { get; init; } = 5;

    /// <summary>How long things break.</summary>
    public TimeSpan Trouble { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>How long everything may take afterwards until both stores are whole.</summary>
    public TimeSpan HealLimit { get; init; } = TimeSpan.FromSeconds(120);

    public bool BreakAckBeforeCommit { get; init; }

    public bool BreakTrimAfterOneRegion { get; init; }

    public bool BreakRecordBeforeCommit { get; init; }

    public bool BreakSeqOnlyKey { get; init; }

    public bool BreakReceiptClaimsAllOwed { get; init; }

    public bool BreakReceiptNamesFrameBefore { get; init; }

    /// <summary>Takes a receipt for the newest packet as one for all before it: a watermark where ranges are needed.</summary>
    public bool BreakWatermark { get; init; }

    /// <summary>Never finds a connection to be wedged.</summary>
    public bool BreakWedgeUnnoticed { get; init; }

    /// <summary>Appends the gateway's own packets whether or not one is owed.</summary>
    public bool BreakCanariesPileUp { get; init; }
}
