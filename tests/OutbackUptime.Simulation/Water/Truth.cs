using OutbackUptime.Domain.Alerts;

namespace OutbackUptime.Simulation.Water;

/// <summary>Which alerts a fault explains, and by when one must have come.</summary>
internal static class Truth
{
    // A mended water needs a while until its tank is half full again; until then its alerts are no false ones.
    private const int Aftermath = 24 * 60;
    private const int Settling = 6 * 60;

    public static bool Explains(Fault fault, Alert alert, int minute) =>
        minute >= fault.From && (minute < fault.To + Aftermath || minute < (fault.RecoveredAt ?? int.MaxValue) + Settling) && Rules(fault.Kind).Contains(alert.Rule)
        && (fault.Kind == FaultKind.LinkDown ? alert.Hub == "gateway" : WaterStation.WaterOf(alert.Hub) == fault.Water);

    /// <summary>A tank that is truly nearly dry may be told of whatever made it so: a week of cloud and heat is no injected fault.</summary>
    public static bool IsNearlyDry(Alert alert, double levelPercent) => levelPercent < 15 && alert.Rule is AlertRules.HoursLeft or AlertRules.LowLevel;

    /// <summary>Minutes after the start by which people must know. docs/alerts.md has the reasons.</summary>
    public static int Deadline(Fault fault) => fault.Kind switch
    {
        // The fall shows only with the pump still: at the latest in the coming night.
        FaultKind.Leak or FaultKind.StuckFloat => 16 * 60,
        FaultKind.BlockedLine => 15 * 60,
        FaultKind.HubDead or FaultKind.LinkDown => 60,
        FaultKind.BatteryDying => 40 * 60,
        _ => 52 * 60,
    };

    private static string[] Rules(FaultKind kind) => kind switch
    {
        FaultKind.Leak or FaultKind.StuckFloat => [AlertRules.FallRate, AlertRules.NightFlow, AlertRules.HoursLeft, AlertRules.LowLevel, AlertRules.PumpNoRise],
        FaultKind.BlockedLine => [AlertRules.TroughDry],
        FaultKind.PumpFailure or FaultKind.DryTank => [AlertRules.PumpStill, AlertRules.HoursLeft, AlertRules.LowLevel],
        FaultKind.BoreDry => [AlertRules.PumpNoRise, AlertRules.HoursLeft, AlertRules.LowLevel],
        FaultKind.BatteryDying => [AlertRules.BatteryNight],
        FaultKind.HubDead => [AlertRules.HubSilent],
        _ => [AlertRules.LinkDown],
    };
}
