using OutbackUptime.Domain.Alerts.Water;
using OutbackUptime.Domain.Stations;

namespace OutbackUptime.Domain.Alerts.Rules;

/// <summary>
/// The pump has drawn current for 3 h of good sun and the tank has not risen: the bore is dry, the column or a pipe broken. In less
/// time a thirsty mob hides what a good pump lifts.
/// </summary>
internal sealed class PumpNoRiseRule : IWaterRule
{
    private const double WindowHours = 3;
    private const double LeastShare = 0.8;
    private const double NearlyFullPercent = 88;
    private const double RisePercent = 0.5;

    public string Name => AlertRules.PumpNoRise;

    public TimeSpan ToOpen => TimeSpan.FromMinutes(15);

    public TimeSpan ToClear => TimeSpan.FromMinutes(15);

    public TimeSpan Pace => TimeSpan.FromMinutes(15);

    public bool Concerns(Hub hub) => hub.Pump is not null;

    public string? DependsOn(Hub hub) => hub.Pump!.Fills;

    public Finding At(StationHistory station, HubHistory hub, long slot) =>
        station.Find(hub.Hub.Pump!.Fills) is not { Hub.Tank: not null } tank ? Finding.Unclear
            : Look(station, tank, hub, slot) is var found && found.Look == Rules.Look.Wrong && Thirst.IsCaughtUp(station, tank, slot) ? Finding.Unclear
            : found;

    internal static Finding Look(StationHistory station, HubHistory tank, HubHistory pump, long slot)
    {
        // Solar: only windows from 8 to 16 by the sun say anything about the bore.
        if (pump.Hub.Pump!.Solar && station.SolarHour(slot) is < 8 + WindowHours or > 16)
        {
            return Finding.Unclear;
        }

        var slots = station.Slots(WindowHours);
        Span<(double X, double Y)> points = slots <= 600 ? stackalloc (double, double)[slots] : new (double, double)[slots];
        var (running, count) = (0, 0);
        for (var s = slot - slots + 1; s <= slot; s++)
        {
            if (PumpState.Runs(station, pump, s))
            {
                running++;
            }

            var level = tank.Last(Signal.Level, s);
            if (!float.IsNaN(level))
            {
                points[count++] = (s / station.SlotsPerHour, level);
            }
        }

        var slope = Trend.Slope(points[..count]);
        if (double.IsNaN(slope) || points[count - 1].X - points[0].X < WindowHours * 0.7)
        {
            return Finding.Unclear;
        }

        var now = station.Level(tank, slot);
        var rise = slope * WindowHours;
        if (running < LeastShare * slots || now >= NearlyFullPercent || rise > RisePercent)
        {
            return rise > 2 * RisePercent || now >= NearlyFullPercent ? Finding.Fine : Finding.Unclear;
        }

        if (pump.Hub.Pump.Solar && !PumpStillRule.SunWasGood(station, pump, slot, slots))
        {
            // Under thick cloud a good pump lifts no more than the mob drinks.
            return Finding.Unclear;
        }

        var amps = pump.Settled(Signal.PumpAmps, slot, station.Fresh(pump));
        return Finding.Wrong(AlertSeverity.Critical, ("pump_a", amps), ("rise_pct", rise), ("hours", WindowHours), ("level_pct", now));
    }
}
