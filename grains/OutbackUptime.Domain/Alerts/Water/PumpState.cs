namespace OutbackUptime.Domain.Alerts.Water;

/// <summary>Whether a pump runs, as far as its current is known.</summary>
internal static class PumpState
{
    /// <summary>It is known to have stood still for the whole slot.</summary>
    public static bool IsStill(StationHistory station, HubHistory pump, long slot) => Amps(station, pump, slot, greatest: true) < pump.Hub.Pump!.RunningAmps;

    /// <summary>It is known to have run for the whole slot.</summary>
    public static bool Runs(StationHistory station, HubHistory pump, long slot) => Amps(station, pump, slot, greatest: false) >= pump.Hub.Pump!.RunningAmps;

    private static float Amps(StationHistory station, HubHistory pump, long slot, bool greatest)
    {
        // A hub that sends every quarter of an hour speaks for the slots since its last packet.
        for (var back = (long)(pump.Hub.Interval / station.Limits.Slot); back >= 0; back--, slot--)
        {
            var amps = greatest ? pump.Greatest(Signal.PumpAmps, slot) : pump.Least(Signal.PumpAmps, slot);
            if (!float.IsNaN(amps))
            {
                return amps;
            }
        }

        return float.NaN;
    }
}
