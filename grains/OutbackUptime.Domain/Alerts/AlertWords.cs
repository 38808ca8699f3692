using System.Globalization;
using OutbackUptime.Domain.Stations;

namespace OutbackUptime.Domain.Alerts;

/// <summary>What an alert says in plain English: place, number, likely cause, what to do.</summary>
internal static class AlertWords
{
    /// <summary>The place as people call it.</summary>
    public static string Place(Station station, string hub) =>
        station.Hubs.FirstOrDefault(h => h.Id == hub)?.Place ?? (ReservedHubs.Contains(hub) ? station.Name : PlaceName.Of(hub));

    /// <summary>One line without a full stop: what is the matter, in numbers.</summary>
    public static string Summary(Station station, Alert alert) => $"{Place(station, alert.Hub)} {Matter(station, alert)}";

    /// <summary>The likely cause; empty: the matter says it.</summary>
    public static string Cause(string rule) => rule switch
    {
        AlertRules.FallRate => "likely a leak or a stuck float",
        AlertRules.TroughDry => "likely a blocked line or jammed float valve",
        AlertRules.PumpNoRise => "likely bore dry or broken pipe",
        AlertRules.PumpStill => "likely pump, float switch or its wiring",
        AlertRules.NightFlow => "likely a leak or a float that doesn't close",
        AlertRules.BatteryNight => "likely old battery or dirty panel",
        AlertRules.HubSilent => "the hub, its battery or its antenna; the water is not known",
        AlertRules.LinkDown => "data is safe at the gateway",
        AlertRules.GatewayDown => "likely power at the gateway; hubs keep what they can",
        AlertRules.RegionDown => "our cloud, not your gear; data is safe at the gateway",
        AlertRules.Ours => "our software, not your gear; data is safe",
        _ => "",
    };

    /// <summary>What to do.</summary>
    public static string Advice(Alert alert) => alert.Rule switch
    {
        AlertRules.HoursLeft or AlertRules.LowLevel when Number(alert, "hours_to_set_out") is { } hours => $"Set out within {Hours(hours)}",
        AlertRules.HoursLeft or AlertRules.LowLevel => "Check what fills it",
        AlertRules.FallRate or AlertRules.NightFlow => "Check float and line",
        AlertRules.TroughDry => "Check line and float valve; stock are without water",
        AlertRules.PumpNoRise => "Switch the pump off, check bore and pipe",
        AlertRules.PumpStill => "Check switch, fuse and controller",
        AlertRules.BatteryNight => "It will be silent before dawn; clean the panel, change the battery on the next run",
        AlertRules.HubSilent => "Look at the water on the next run",
        AlertRules.GatewayDown => "Check power and fuse at the gateway",
        AlertRules.LinkDown => "Check dish or modem if the neighbours are on",
        _ => "Nothing to do at the station",
    };

    /// <summary>`7 h`, `2.5 days`.</summary>
    internal static string Hours(double hours) =>
        hours < 1 ? "the hour" : hours < 48 ? $"{Text(Math.Floor(hours))} h" : $"{Text(Math.Round(hours / 24, 1))} days";

    private static string Matter(Station station, Alert alert) => alert.Rule switch
    {
        AlertRules.HoursLeft => $"has water for {Hours(Number(alert, "hours_left") ?? 0)} ({Of(alert, "level_pct")}%, using {Of(alert, "draw_lph")} L/h)",
        AlertRules.LowLevel => $"is down to {Of(alert, "level_pct")}%",
        AlertRules.FallRate => $"falling {Of(alert, "times_normal")}x normal since {Clock(station, alert.OpenedAt)} ({Of(alert, "fall_lph")} L/h)",
        AlertRules.TroughDry => $"gets no water, tank at {Of(alert, "level_pct")}%",
        AlertRules.PumpNoRise => $"pump runs ({Of(alert, "pump_a")} A), tank doesn't rise ({Of(alert, "level_pct")}%)",
        AlertRules.PumpStill => $"pump stands still, tank at {Of(alert, "level_pct")}%",
        AlertRules.NightFlow => $"flowed all night, at least {Of(alert, "least_lpm")} L/min",
        AlertRules.BatteryNight => $"battery {Of(alert, "battery_v")} V won't last the night",
        AlertRules.HubSilent => $"silent since {Clock(station, alert.OpenedAt)}",
        AlertRules.GatewayDown => $"gateway is dead since {Clock(station, alert.OpenedAt)}",
        AlertRules.LinkDown => $"link is down since {Clock(station, alert.OpenedAt)}",
        AlertRules.RegionDown => $"can't be seen since {Clock(station, alert.OpenedAt)}: cloud region down",
        _ => $"can't be seen since {Clock(station, alert.OpenedAt)}: our fault",
    };

    /// <summary>`2 am`, `2:30 pm`, with the date where it isn't obvious from the alert itself.</summary>
    private static string Clock(Station station, DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, station.TimeZone);
        return local.ToString(local.Minute == 0 ? "h tt" : "h:mm tt", CultureInfo.InvariantCulture).ToLowerInvariant() + local.ToString(" d MMM", CultureInfo.InvariantCulture);
    }

    private static double? Number(Alert alert, string fact) => alert.Facts.TryGetValue(fact, out var value) ? value : null;

    private static string Of(Alert alert, string fact) => Number(alert, fact) is { } value ? Text(value) : "?";

    private static string Text(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
