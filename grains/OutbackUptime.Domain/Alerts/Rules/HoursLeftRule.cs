using OutbackUptime.Domain.Alerts.Water;
using OutbackUptime.Domain.Stations;

namespace OutbackUptime.Domain.Alerts.Rules;

/// <summary>
/// Hours of water left. A tank whose pump is healthy needs to last until the pump can help (a solar pump: until the sun is well
/// up); any other needs to last until somebody has come: the drive and a planning time. What counts is the faster of what was
/// measured while nothing filled the tank and what the mob drinks in this weather.
/// </summary>
internal sealed class HoursLeftRule : IWaterRule
{
    private const double LongWindowHours = 24;
    private const double LongLeastHours = 8;
    private const double SunIsGoodHours = 2.5;
    private const double ClearFactor = 1.25;

    public string Name => AlertRules.HoursLeft;

    public TimeSpan ToOpen => TimeSpan.FromMinutes(30);

    public TimeSpan ToClear => TimeSpan.FromHours(1);

    public TimeSpan Pace => TimeSpan.FromMinutes(15);

    public bool Concerns(Hub hub) => hub.Tank is not null;

    public Finding At(StationHistory station, HubHistory hub, long slot)
    {
        var level = station.Level(hub, slot);
        var draw = float.IsNaN(level) ? double.NaN : Draw(station, hub, slot);
        if (double.IsNaN(draw))
        {
            return Finding.Unclear;
        }

        var litres = level * hub.Hub.Tank!.Litres / 100;
        var hours = litres / Math.Max(draw, 0.1);
        var drive = station.Station.DriveTime.TotalHours;
        var (warnAt, criticalAt) = (drive + station.Limits.PlanningTime.TotalHours, drive + station.Limits.OvernightTime.TotalHours);
        if (hours <= warnAt * ClearFactor && HelpInHours(station, hub, slot) is { } help)
        {
            // The pump comes first, with a little to spare. Critical only where both the pump and a driver would come too late.
            (warnAt, criticalAt) = (Math.Min(warnAt, help + 2), Math.Min(criticalAt, help));
        }

        if (hours > warnAt)
        {
            return hours > warnAt * ClearFactor ? Finding.Fine : Finding.Unclear;
        }

        return Finding.Wrong(
            hours <= criticalAt ? AlertSeverity.Critical : AlertSeverity.Warning,
            ("hours_left", hours),
            ("hours_to_set_out", hours + station.Limits.HardToSave.TotalHours - drive),
            ("level_pct", level),
            ("litres", litres),
            ("draw_lph", draw));
    }

    private static double Draw(StationHistory station, HubHistory hub, long slot)
    {
        var day = FallMeter.Over(station, hub, slot, LongWindowHours);
        var measured = day.Hours >= LongLeastHours ? day.PerHour : double.NaN;
        if (FallRateRule.Look(station, hub, slot) is { Look: Look.Wrong, Facts: { } leak })
        {
            // It runs out somewhere: what it does now counts, not yesterday's mean.
            measured = double.IsNaN(measured) ? leak["fall_lph"] : Math.Max(measured, leak["fall_lph"]);
        }

        var mob = station.MobLitresPerHour(hub, slot);

        // A tank that hardly falls has no mob at it today, whatever the registry says.
        return double.IsNaN(measured) ? (mob > 0 ? mob : double.NaN) : measured < 0.2 * mob ? measured : Math.Max(measured, mob);
    }

    /// <summary>Hours until the pump can help; null: there is none, or it can't be trusted.</summary>
    private static double? HelpInHours(StationHistory station, HubHistory hub, long slot)
    {
        if (station.PumpOf(hub.Hub.Id) is not { } pump || !PumpHealth.IsTrusted(station, hub, pump, slot))
        {
            return null;
        }

        if (!pump.Hub.Pump!.Solar)
        {
            return 0;
        }

        var night = station.HoursToSunrise(slot);
        var hour = station.SolarHour(slot);
        return night > 0 ? night + SunIsGoodHours : hour > 15 ? 24 - hour + 6 + SunIsGoodHours : 0;
    }
}
