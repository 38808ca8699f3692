namespace OutbackUptime.Silo.Hosting;

/// <summary>How regions and Orleans clusters go together (docs/decisions/0004).</summary>
internal enum Topology
{
    /// <summary>One cluster over all regions.</summary>
    Stretched,

    /// <summary>One cluster a region.</summary>
    Cells,
}
