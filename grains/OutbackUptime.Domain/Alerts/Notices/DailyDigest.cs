using System.Globalization;
using OutbackUptime.Domain.Stations;

namespace OutbackUptime.Domain.Alerts.Notices;

/// <summary>
/// The morning's glance in one text message: "41 of 43 waters fine. Ten Mile trough falling 3x normal since 2 am; likely float. Gap
/// hub: link only, data safe."
/// </summary>
public static class DailyDigest
{
    /// <summary>Writes the digest.</summary>
    /// <param name="station">The station.</param>
    /// <param name="current">Its alerts that are on, worst first: <see cref="AlertBook.Current"/>.</param>
    /// <param name="now">The clock.</param>
    public static Notice Of(Station station, IReadOnlyList<Alert> current, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(station);
        ArgumentNullException.ThrowIfNull(current);
        var waters = station.Hubs.Where(h => h.Tank is not null || h.Trough is not null).Select(h => h.Id).ToHashSet(StringComparer.Ordinal);
        var bad = current.Where(a => waters.Contains(a.Hub)).Select(a => a.Hub).ToHashSet(StringComparer.Ordinal);
        var blind = current.FirstOrDefault(a => ReservedHubs.Contains(a.Hub));
        var head = waters.Count == 0 ? $"{station.Name}: no waters watched."
            : blind is not null ? $"{station.Name}: {Brief(station, blind)}; {waters.Count - bad.Count} of {waters.Count} waters fine when last seen."
            : bad.Count == 0 ? $"{station.Name}: all {waters.Count} waters fine."
            : $"{station.Name}: {waters.Count - bad.Count} of {waters.Count} waters fine.";
        var text = head;
        var left = current.Where(a => a != blind).ToList();
        for (var i = 0; i < left.Count; i++)
        {
            var rest = left.Count - i - 1;
            var longer = $"{text} {Brief(station, left[i])}.";
            var room = GsmText.MaxLength - (rest > 0 ? $" +{rest} more.".Length : 0);
            if (GsmText.Fit(longer).Length > room || longer.Length > room)
            {
                text += $" +{rest + 1} more.";
                break;
            }

            text = longer;
        }

        var day = TimeZoneInfo.ConvertTime(now, station.TimeZone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var severity = current.Count == 0 ? AlertSeverity.Info : current.Max(a => a.Severity);
        var body = $"{head}\n\n{string.Concat(current.Select(a => $"- {a.Summary}. {AlertWords.Advice(a)}.{(a.State == AlertState.Acknowledged ? $" ({a.AcknowledgedBy} looks after it)" : "")}\n"))}";
        return new Notice(station.Id, $"digest-{day}", NoticeKind.Digest, 1, severity, now, $"{station.Name}: waters on {day}", GsmText.Fit(text), body, null);
    }

    /// <summary>When the next digest is due.</summary>
    /// <param name="station">Its time zone and hour.</param>
    /// <param name="after">The clock.</param>
    public static DateTimeOffset NextDue(Station station, DateTimeOffset after)
    {
        ArgumentNullException.ThrowIfNull(station);
        var local = TimeZoneInfo.ConvertTime(after, station.TimeZone);
        var due = new DateTime(local.Year, local.Month, local.Day, station.DigestHour, 0, 0, DateTimeKind.Unspecified);
        for (; ; due = due.AddDays(1))
        {
            // An hour that the clock skips comes an hour later.
            var wall = station.TimeZone.IsInvalidTime(due) ? due.AddHours(1) : due;
            var at = new DateTimeOffset(wall, station.TimeZone.GetUtcOffset(wall)).ToUniversalTime();
            if (at > after)
            {
                return at;
            }
        }
    }

    private static string Brief(Station station, Alert alert)
    {
        var place = AlertWords.Place(station, alert.Hub);
        string Fact(string name) => alert.Facts.TryGetValue(name, out var value) ? value.ToString("0.#", CultureInfo.InvariantCulture) : "?";
        var local = TimeZoneInfo.ConvertTime(alert.OpenedAt, station.TimeZone);
        var since = local.ToString(local.Minute == 0 ? "h tt" : "h:mm tt", CultureInfo.InvariantCulture).ToLowerInvariant();
        return alert.Rule switch
        {
            AlertRules.HoursLeft => $"{place}: {Fact("hours_left")} h of water",
            AlertRules.LowLevel => $"{place} at {Fact("level_pct")}%",
            AlertRules.FallRate => $"{place} falling {Fact("times_normal")}x normal since {since}; likely float",
            AlertRules.TroughDry => $"{place} dry, tank {Fact("level_pct")}%; line blocked",
            AlertRules.PumpNoRise => $"{place} pump lifts nothing",
            AlertRules.PumpStill => $"{place} pump stands still",
            AlertRules.NightFlow => $"{place} flows all night; likely leak",
            AlertRules.BatteryNight => $"{place} battery weak",
            AlertRules.HubSilent => $"{place} silent: hub, not link",
            AlertRules.GatewayDown => "gateway dead",
            AlertRules.LinkDown => "link only, data safe",
            _ => "our fault, data safe",
        };
    }
}
