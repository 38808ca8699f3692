using OutbackUptime.Domain.Alerts.Water;
using OutbackUptime.Domain.Stations;

namespace OutbackUptime.Domain.Alerts.Rules;

/// <summary>The hub's battery, falling as it has for the last hours of darkness, is empty before the sun is back.</summary>
internal sealed class BatteryNightRule : IWaterRule
{
    private const double WindowHours = 4;
    private const double LeastHours = 2;
    private const double ClearVolts = 0.3;

    public string Name => AlertRules.BatteryNight;

    public TimeSpan ToOpen => TimeSpan.FromMinutes(30);

    public TimeSpan ToClear => TimeSpan.FromHours(1);

    public TimeSpan Pace => TimeSpan.FromMinutes(15);

    public bool Concerns(Hub hub) => hub.Battery is not null;

    public Finding At(StationHistory station, HubHistory hub, long slot)
    {
        var volts = hub.Settled(Signal.Volts, slot, station.Fresh(hub));
        if (float.IsNaN(volts) || float.IsNaN(hub.Last(Signal.Volts, slot)))
        {
            return Finding.Unclear;
        }

        var empty = hub.Hub.Battery!.EmptyVolts;
        var left = station.HoursToSunrise(slot);
        if (left <= 0)
        {
            // The panel holds it up by day; only a battery that is down even so is said to be.
            return volts <= empty ? Wrong(volts, volts, empty, 0) : volts > empty + (2 * ClearVolts) ? Finding.Fine : Finding.Unclear;
        }

        var slope = Slope(station, hub, slot);
        if (double.IsNaN(slope))
        {
            return volts <= empty ? Wrong(volts, volts, empty, left) : Finding.Unclear;
        }

        var atSunrise = volts + (Math.Min(0, slope) * left);
        return atSunrise <= empty ? Wrong(volts, atSunrise, empty, left) : atSunrise > empty + ClearVolts ? Finding.Fine : Finding.Unclear;
    }

    private static Finding Wrong(double volts, double atSunrise, double empty, double left) => Finding.Wrong(
        AlertSeverity.Warning, ("battery_v", volts), ("sunrise_v", atSunrise), ("empty_v", empty), ("hours_to_sunrise", left));

    private static double Slope(StationHistory station, HubHistory hub, long slot)
    {
        var slots = station.Slots(WindowHours);
        Span<(double X, double Y)> points = slots <= 600 ? stackalloc (double, double)[slots] : new (double, double)[slots];
        var count = 0;
        for (var s = slot - slots + 1; s <= slot; s++)
        {
            var volts = hub.Last(Signal.Volts, s);

            // From an hour after sunset on: before that the panel's surface charge comes off.
            if (!float.IsNaN(volts) && station.HoursToSunrise(s) > 0 && station.HoursToSunrise(s - station.Slots(1)) > 0)
            {
                points[count++] = (s / station.SlotsPerHour, volts);
            }
        }

        return count > 0 && points[count - 1].X - points[0].X >= LeastHours ? Trend.Slope(points[..count]) : double.NaN;
    }
}
