using OutbackUptime.Domain.Alerts.Water;
using OutbackUptime.Domain.Stations;

namespace OutbackUptime.Domain.Alerts.Rules;

/// <summary>
/// The trough gets no water though its tank has some: a blocked line or a jammed valve. A measured trough level decides within half
/// an hour (a trough that a thirsty mob empties while water runs in isn't blocked); from the flow alone it takes 4 h of daylight in which a mob that drank yesterday drew nothing.
/// </summary>
internal sealed class TroughDryRule : IWaterRule
{
    private const double DryPercent = 10;
    private const double WetPercent = 25;
    private const double TankHasWaterPercent = 12;
    private const double FlowWindowHours = 4;
    private const double StillLpm = 0.2;

    public string Name => AlertRules.TroughDry;

    public TimeSpan ToOpen => TimeSpan.FromMinutes(30);

    public TimeSpan ToClear => TimeSpan.FromMinutes(15);

    public bool Concerns(Hub hub) => hub.Trough is not null;

    public string? DependsOn(Hub hub) => hub.Trough!.FedBy;

    public Finding At(StationHistory station, HubHistory hub, long slot) =>
        station.Find(hub.Hub.Trough!.FedBy) is { Hub.Tank: not null } tank ? Look(station, tank, hub, slot) : Finding.Unclear;

    internal static Finding Look(StationHistory station, HubHistory tank, HubHistory trough, long slot)
    {
        var level = station.Level(tank, slot);
        if (trough.Sends(Signal.TroughLevel))
        {
            var wet = trough.Settled(Signal.TroughLevel, slot, station.Fresh(trough));
            return float.IsNaN(trough.Last(Signal.TroughLevel, slot)) || float.IsNaN(level) ? Finding.Unclear
                : wet > DryPercent ? (wet > WetPercent ? Finding.Fine : Finding.Unclear)
                : level < TankHasWaterPercent || trough.Greatest(Signal.TroughFlow, slot) > StillLpm ? Finding.Unclear
                : Finding.Wrong(AlertSeverity.Critical, ("trough_pct", wet), ("level_pct", level));
        }

        if (trough.Greatest(Signal.TroughFlow, slot) > StillLpm)
        {
            return Finding.Fine;
        }

        var hour = station.Local(slot).TimeOfDay.TotalHours;
        var dry = tank.Hub.Tank!.Head > 0 && hour is >= 6 + FlowWindowHours and <= 20 && level >= TankHasWaterPercent
            && NoFlow(station, trough, slot, station.Slots(FlowWindowHours)) && FlowedBefore(station, trough, slot);
        return dry ? Finding.Wrong(AlertSeverity.Critical, ("hours", FlowWindowHours), ("level_pct", level)) : Finding.Unclear;
    }

    private static bool NoFlow(StationHistory station, HubHistory hub, long slot, int slots)
    {
        var known = 0;
        for (var s = slot - slots + 1; s <= slot; s++)
        {
            var flow = hub.Greatest(Signal.TroughFlow, s);
            if (flow > StillLpm)
            {
                return false;
            }

            known += float.IsNaN(flow) ? 0 : 1;
        }

        return known >= 0.8 * slots * Math.Min(1, station.Limits.Slot / hub.Hub.Interval);
    }

    /// <summary>Whether the mob is there: it drank in the day before, or that day isn't known (a takeover) and the registry says so.</summary>
    private static bool FlowedBefore(StationHistory station, HubHistory hub, long slot)
    {
        var (flowing, known) = (0, 0);
        for (var s = slot - station.Slots(24); s <= slot - station.Slots(FlowWindowHours); s++)
        {
            var flow = hub.Greatest(Signal.TroughFlow, s);
            known += float.IsNaN(flow) ? 0 : 1;
            flowing += flow > StillLpm ? 1 : 0;
        }

        var share = Math.Min(1, station.Limits.Slot / hub.Hub.Interval);
        return flowing >= station.Slots(0.5) * share || known < station.Slots(12) * share;
    }
}
