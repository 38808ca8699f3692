namespace OutbackUptime.Bench.Takeover;

/// <summary>What is hit.</summary>
internal enum FaultScope
{
    /// <summary>One of a region's two silos; the other takes over.</summary>
    Silo,

    /// <summary>A region: its silos and its store (for a cut link: all ways to its silos); the other region takes over.</summary>
    Region,
}
