namespace OutbackUptime.Demo.Drills;

/// <summary>All drills, in the order of `drill all`.</summary>
internal static class DrillCatalog
{
    public static IReadOnlyList<IDrill> All { get; } =
    [
        new RegionLossDrill(), new StoreLossDrill(), new SiloLossDrill(), new LinkLossDrill(), new GatewayKillDrill(), new BothRegionsDrill(), new RollingRestartDrill(), new PartitionDrill(),
        new WedgeDrill(), new PowerCutDrill(), new DiskFullDrill(), new HostileDrill(), new DarkWeekDrill(), new OverflowDrill(),
    ];
}
