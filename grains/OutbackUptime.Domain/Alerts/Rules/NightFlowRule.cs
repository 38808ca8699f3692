using OutbackUptime.Domain.Alerts.Water;
using OutbackUptime.Domain.Stations;

namespace OutbackUptime.Domain.Alerts.Rules;

/// <summary>
/// Between 2 and 6 am local time the flow never came to rest: a leak behind the meter, or a float that doesn't close (ABC 2014).
/// Mobs come and go; a leak doesn't. Decided once a day, at 6 am.
/// </summary>
internal sealed class NightFlowRule : IWaterRule
{
    private const int FromHour = 2;
    private const int ToHour = 6;
    private const double LeastShare = 0.75;

    public string Name => AlertRules.NightFlow;

    public TimeSpan ToOpen => TimeSpan.Zero;

    public TimeSpan ToClear => TimeSpan.Zero;

    public TimeSpan? Stale => TimeSpan.FromHours(18);

    public bool Concerns(Hub hub) => hub.Flow is not null || hub.Trough is not null;

    public Finding At(StationHistory station, HubHistory hub, long slot)
    {
        // The slot in which 6 am falls: its end is past the hour, its start isn't.
        var local = station.Local(slot + 1);
        if (local.Hour != ToHour || local.Minute * 60 >= station.Limits.Slot.TotalSeconds)
        {
            return Finding.Unclear;
        }

        var signal = hub.Sends(Signal.Flow) ? Signal.Flow : Signal.TroughFlow;
        var still = hub.Hub.Flow?.StillLpm ?? 0.2;
        var slots = station.Slots(ToHour - FromHour);
        var (known, least, sum) = (0, float.MaxValue, 0.0);
        for (var s = slot - slots + 1; s <= slot; s++)
        {
            var flow = hub.Least(signal, s);
            if (!float.IsNaN(flow))
            {
                known++;
                least = Math.Min(least, flow);
                sum += hub.Last(signal, s);
            }
        }

        if (known < LeastShare * slots * Math.Min(1, station.Limits.Slot / hub.Hub.Interval))
        {
            return Finding.Unclear;
        }

        return least > still
            ? Finding.Wrong(AlertSeverity.Warning, ("least_lpm", least), ("litres_a_night", sum / known * (ToHour - FromHour) * 60))
            : Finding.Fine;
    }
}
