namespace OutbackUptime.Simulation.Water;

/// <summary>What the month does to a water.</summary>
public enum FaultKind
{
    Leak,
    StuckFloat,
    BlockedLine,
    PumpFailure,
    BoreDry,
    DryTank,
    BatteryDying,
    HubDead,
    LinkDown,
}
