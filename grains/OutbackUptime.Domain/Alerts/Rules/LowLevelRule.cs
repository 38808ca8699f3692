using OutbackUptime.Domain.Alerts.Water;
using OutbackUptime.Domain.Stations;

namespace OutbackUptime.Domain.Alerts.Rules;

/// <summary>The tank is below its low mark, which is higher where the drive is longer; nearly dry is critical.</summary>
internal sealed class LowLevelRule : IWaterRule
{
    private const double MostLowPercent = 45;
    private const double ClearPercent = 5;

    public string Name => AlertRules.LowLevel;

    public TimeSpan ToOpen => TimeSpan.FromMinutes(10);

    public TimeSpan ToClear => TimeSpan.FromMinutes(30);

    public bool Concerns(Hub hub) => hub.Tank is not null;

    public Finding At(StationHistory station, HubHistory hub, long slot)
    {
        var level = station.Level(hub, slot);
        if (float.IsNaN(level) || float.IsNaN(hub.Last(Signal.Level, slot)))
        {
            return Finding.Unclear;
        }

        var limits = station.Limits;
        var low = hub.Hub.Tank!.LowPercent
            ?? Math.Min(MostLowPercent, limits.LowPercent + (limits.LowPercentPerDriveHour * station.Station.DriveTime.TotalHours));
        if (level > low)
        {
            return level > low + ClearPercent ? Finding.Fine : Finding.Unclear;
        }

        return Finding.Wrong(
            level <= limits.DryPercent ? AlertSeverity.Critical : AlertSeverity.Warning,
            ("level_pct", level), ("low_pct", low), ("litres", level * hub.Hub.Tank.Litres / 100));
    }
}
