using OutbackUptime.Demo.Cluster;

namespace OutbackUptime.Demo.Drills;

/// <summary>Something that fails, and what must happen then. Runs under load; the ledger is drawn up afterwards.</summary>
internal interface IDrill
{
    /// <summary>As typed after `drill`.</summary>
    string Name { get; }

    /// <summary>One line for people.</summary>
    string Story { get; }

    /// <summary>What it needs of the system.</summary>
    SystemNeeds Needs => SystemNeeds.Usual;

    /// <summary>Whether the regions should be in network namespaces of their own.</summary>
    bool NeedsNetwork => false;

    /// <summary>Fewest silos in each region that make it meaningful.</summary>
    int SilosPerRegion => 1;

    /// <summary>The load that it makes sense under, from what was asked for.</summary>
    DemoOptions Adapt(DemoOptions options) => options;

    /// <summary>Does it. Throws <see cref="DrillFailedException"/> when something does not happen in time.</summary>
    Task RunAsync(DrillRun run);
}
