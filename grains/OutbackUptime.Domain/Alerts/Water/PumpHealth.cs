using OutbackUptime.Domain.Alerts.Rules;

namespace OutbackUptime.Domain.Alerts.Water;

/// <summary>Whether a pump can be counted on.</summary>
internal static class PumpHealth
{
    /// <summary>
    /// By what was seen last in a day: it lifted, or it failed. One that wasn't asked for anything is trusted, one that says nothing
    /// is not.
    /// </summary>
    public static bool IsTrusted(StationHistory station, HubHistory tank, HubHistory pump, long slot)
    {
        var seen = false;
        for (var s = slot; s > slot - station.Slots(24); s -= station.Slots(1))
        {
            seen |= !float.IsNaN(pump.Settled(Signal.PumpAmps, s, station.Fresh(pump)));
            var lifts = PumpNoRiseRule.Look(station, tank, pump, s).Look;
            if ((lifts == Look.Wrong && !Thirst.IsCaughtUp(station, tank, s)) || PumpStillRule.Look(station, tank, pump, s).Look == Look.Wrong)
            {
                return false;
            }

            if (lifts == Look.Fine)
            {
                return true;
            }
        }

        return seen;
    }
}
