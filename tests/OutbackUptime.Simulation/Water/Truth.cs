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

    /// <summary>
    /// A tank that is truly low may be told of whatever made it so (a week of cloud and heat is no injected fault): below the mark that
    /// the registry sets, 28 % here, or with less than a fifth left.
    /// </summary>
    public static bool IsTrulyLow(Alert alert, double levelPercent) =>
        alert.Rule switch { AlertRules.LowLevel => levelPercent < 28.5, AlertRules.HoursLeft => levelPercent < 20, _ => false };

    /// <summary>Minutes after the start by which people must know.</summary>
    public static int Deadline(Fault fault) => fault.Kind switch
    {
        // The fall shows only with the pump still and the mob asleep: at the latest in the coming night.
        FaultKind.Leak or FaultKind.StuckFloat => 20 * 60,

        // From the flow alone it takes 4 h of day: what breaks at 5 pm shows by half past ten. A trough's level shows it when they drink.
        FaultKind.BlockedLine => fault.Water == 1 ? 14 * 60 : 19 * 60,
        FaultKind.HubDead or FaultKind.LinkDown => 60,
        FaultKind.BatteryDying => 40 * 60,

        // A full tank hides a dead pump for a day and a half; what counts besides is that it is told before the tank is dry.
        _ => 60 * 60,
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
