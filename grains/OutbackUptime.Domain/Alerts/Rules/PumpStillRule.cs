using OutbackUptime.Domain.Alerts.Water;
using OutbackUptime.Domain.Stations;

namespace OutbackUptime.Domain.Alerts.Rules;

/// <summary>
/// The tank is well below the mark at which the float switch starts the pump, the sun was good for 2.5 h, and the pump stood still.
/// </summary>
internal sealed class PumpStillRule : IWaterRule
{
    private const double WindowHours = 2.5;
    private const double BelowStartPercent = 5;
    private const double GoodSun = 0.35;

    public string Name => AlertRules.PumpStill;

    public TimeSpan ToOpen => TimeSpan.FromMinutes(15);

    public TimeSpan ToClear => TimeSpan.FromMinutes(15);

    public TimeSpan Pace => TimeSpan.FromMinutes(15);

    public bool Concerns(Hub hub) => hub.Pump is not null;

    public string? DependsOn(Hub hub) => hub.Pump!.Fills;

    public Finding At(StationHistory station, HubHistory hub, long slot) =>
        station.Find(hub.Hub.Pump!.Fills) is { Hub.Tank: not null } tank ? Look(station, tank, hub, slot) : Finding.Unclear;

    internal static Finding Look(StationHistory station, HubHistory tank, HubHistory pump, long slot)
    {
        if (PumpState.Runs(station, pump, slot))
        {
            return Finding.Fine;
        }

        if (pump.Hub.Pump!.Solar && station.SolarHour(slot) is < 8 + WindowHours or > 16)
        {
            return Finding.Unclear;
        }

        var level = station.Level(tank, slot);
        if (float.IsNaN(level) || level >= pump.Hub.Pump.StartPercent - BelowStartPercent)
        {
            return level > pump.Hub.Pump.StartPercent + BelowStartPercent ? Finding.Fine : Finding.Unclear;
        }

        var slots = station.Slots(WindowHours);
        var (still, low) = (0, 0);
        for (var s = slot - slots + 1; s <= slot; s++)
        {
            still += PumpState.IsStill(station, pump, s) ? 1 : 0;
            low += tank.Last(Signal.Level, s) < pump.Hub.Pump.StartPercent ? 1 : 0;
        }

        var needed = 0.8 * slots * Math.Min(1, station.Limits.Slot / tank.Hub.Interval);
        if (still < 0.8 * slots || low < needed || (pump.Hub.Pump.Solar && !SunWasGood(station, pump, slot, slots)))
        {
            return Finding.Unclear;
        }

        return Finding.Wrong(AlertSeverity.Warning, ("level_pct", level), ("start_pct", pump.Hub.Pump.StartPercent), ("hours", WindowHours));
    }

    /// <summary>Whether the panels gave at least a third of the day's best; true where nobody measures it.</summary>
    internal static bool SunWasGood(StationHistory station, HubHistory pump, long slot, int slots)
    {
        if (!pump.Sends(Signal.SolarWatts))
        {
            return true;
        }

        var best = 0f;
        for (var s = slot - station.Slots(24); s <= slot; s++)
        {
            var watts = pump.Greatest(Signal.SolarWatts, s);
            best = watts > best ? watts : best;
        }

        var (sum, count) = (0.0, 0);
        for (var s = slot - slots + 1; s <= slot; s++)
        {
            var watts = pump.Last(Signal.SolarWatts, s);
            if (!float.IsNaN(watts))
            {
                sum += watts;
                count++;
            }
        }

        return count > 0 && sum / count >= GoodSun * best && best > 0;
    }
}
