using OutbackUptime.Domain.Alerts.Water;
using OutbackUptime.Domain.Stations;

namespace OutbackUptime.Domain.Alerts.Rules;

/// <summary>
/// The tank falls several times faster than is normal for these hours: a leak or a stuck float. Looks at 6 h, of which at least 3
/// with the pump still, and in each third: "500 L a night is normal, 2,000 L is a leak" shows in no less (bushlinx).
/// </summary>
internal sealed class FallRateRule : IWaterRule
{
    private const double WindowHours = 6;
    private const double LeastHours = 2.9;
    private const int Parts = 3;

    // What sensor noise can make up in 3 h: 0.3 % of the tank an hour.
    private const double LeastPercentPerHour = 0.3;

    public string Name => AlertRules.FallRate;

    public TimeSpan ToOpen => TimeSpan.FromMinutes(30);

    public TimeSpan ToClear => TimeSpan.FromHours(2);

    public TimeSpan Pace => TimeSpan.FromMinutes(15);

    public bool Concerns(Hub hub) => hub.Tank is not null;

    public Finding At(StationHistory station, HubHistory hub, long slot) => Look(station, hub, slot);

    internal static Finding Look(StationHistory station, HubHistory hub, long slot)
    {
        if (float.IsNaN(station.Level(hub, slot)))
        {
            return Finding.Unclear;
        }

        var fall = FallMeter.Over(station, hub, slot, WindowHours);
        if (fall.Hours < LeastHours || double.IsNaN(fall.NormalLitres))
        {
            return Finding.Unclear;
        }

        var factor = station.Limits.FallFactor;
        var least = LeastPercentPerHour * hub.Hub.Tank!.Litres / 100;
        if (fall.PerHour < factor * fall.NormalPerHour || fall.PerHour - fall.NormalPerHour < least)
        {
            return fall.PerHour < 0.6 * factor * fall.NormalPerHour || fall.PerHour < least ? Finding.Fine : Finding.Unclear;
        }

        if (!IsSteady(station, hub, slot, least) || Thirst.IsCaughtUp(station, hub, slot))
        {
            return Finding.Unclear;
        }

        return Finding.Wrong(
            AlertSeverity.Warning,
            ("times_normal", fall.PerHour / Math.Max(1, fall.NormalPerHour)),
            ("fall_lph", fall.PerHour),
            ("normal_lph", fall.NormalPerHour),
            ("level_pct", station.Level(hub, slot)),
            ("hours_left", station.Level(hub, slot) * hub.Hub.Tank.Litres / 100 / fall.PerHour));
    }

    /// <summary>A leak runs all the time; a mob that came once and drank much doesn't. Every third of the window must show it.</summary>
    private static bool IsSteady(StationHistory station, HubHistory hub, long slot, double least)
    {
        var seen = 0;
        for (var part = 0; part < Parts; part++)
        {
            var fall = FallMeter.Over(station, hub, slot - station.Slots(part * WindowHours / Parts), WindowHours / Parts);
            if (fall.Hours >= 1)
            {
                seen++;
                if (fall.PerHour - fall.NormalPerHour < least)
                {
                    return false;
                }
            }
        }

        return seen >= 2;
    }
}
