using OutbackUptime.Domain.Alerts.Rules;

namespace OutbackUptime.Domain.Alerts.Water;

/// <summary>
/// A mob that was without water drinks a day's worth as soon as there is some: for a day a tank falls many times faster than is
/// normal, or doesn't rise with the pump running, and nothing is broken any more.
/// </summary>
internal static class Thirst
{
    private const double Hours = 24;

    /// <summary>Whether, within the last day, the tank was dry or a trough that it feeds got nothing for an hour.</summary>
    public static bool IsCaughtUp(StationHistory station, HubHistory tank, long slot)
    {
        var trough = station.TroughOf(tank.Hub.Id);
        var step = station.Slots(1);
        var (dry, blocked) = (0, 0);
        for (var s = slot; s > slot - station.Slots(Hours); s -= step)
        {
            dry += station.Level(tank, s) <= station.Limits.DryPercent ? 1 : 0;
            blocked += trough is not null && TroughDryRule.Look(station, tank, trough, s).Look == Look.Wrong ? 1 : 0;
            if (dry > 1 || blocked > 1)
            {
                return true;
            }
        }

        return false;
    }
}
