using System.Globalization;
using OutbackUptime.Domain.Stations;

namespace OutbackUptime.Domain.Alerts.Notices;

/// <summary>Writes notices: short, in plain English, with number, place, likely cause and what to do.</summary>
public static class NoticeWriter
{
    private const int MaxSubject = 78;

    /// <summary>The notice of a transition; null: it is to be told to nobody.</summary>
    /// <param name="station">The station.</param>
    /// <param name="transition">What changed.</param>
    public static Notice? Of(Station station, AlertTransition transition)
    {
        ArgumentNullException.ThrowIfNull(station);
        ArgumentNullException.ThrowIfNull(transition);
        if (!transition.Notify)
        {
            return null;
        }

        var alert = transition.Alert;
        var kind = transition.Kind switch
        {
            AlertTransitionKind.Opened => NoticeKind.Opened,
            AlertTransitionKind.Escalated => NoticeKind.Escalated,
            _ => NoticeKind.Cleared,
        };
        return new Notice(
            station.Id, alert.Id, kind, alert.Level, alert.Severity, alert.ChangedAt,
            Cut($"{Head(kind, alert)} {station.Name}: {alert.Summary}"), GsmText.Fit(Text(station, kind, alert)), Body(station, kind, alert), alert);
    }

    private static string Text(Station station, NoticeKind kind, Alert alert) => kind == NoticeKind.Cleared
        ? $"OK {station.Name}: over: {alert.Summary}."
        : $"{Head(kind, alert)} {station.Name}: {alert.Summary}{(AlertWords.Cause(alert.Rule) is { Length: > 0 } cause ? $"; {cause}" : "")}. {AlertWords.Advice(alert)}.";

    private static string Head(NoticeKind kind, Alert alert) =>
        kind == NoticeKind.Cleared ? "OK" : alert.Severity == AlertSeverity.Critical ? "URGENT" : kind == NoticeKind.Escalated ? "AGAIN" : "NOTE";

    private static string Body(Station station, NoticeKind kind, Alert alert)
    {
        var local = TimeZoneInfo.ConvertTime(alert.OpenedAt, station.TimeZone).ToString("ddd d MMM, h:mm tt", CultureInfo.InvariantCulture);
        var lines = new List<string>
        {
            kind == NoticeKind.Cleared ? $"This is over: {alert.Summary}." : $"{alert.Summary}.",
            "",
            $"Station: {station.Name}",
            $"Place: {AlertWords.Place(station, alert.Hub)} ({alert.Hub})",
            $"Began: {local} (station time)",
        };
        if (kind != NoticeKind.Cleared)
        {
            if (AlertWords.Cause(alert.Rule) is { Length: > 0 } cause)
            {
                lines.Add($"Likely cause: {cause}");
            }

            lines.Add($"What to do: {AlertWords.Advice(alert)}.");
            if (kind == NoticeKind.Escalated)
            {
                lines.Add("Nobody has acknowledged it so far, or it got worse.");
            }
        }

        lines.Add("");
        lines.AddRange(alert.Facts.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key} = {f.Value.ToString("0.##", CultureInfo.InvariantCulture)}"));
        lines.Add($"alert {alert.Id}, rule {alert.Rule}, level {alert.Level}");
        return string.Join('\n', lines) + "\n";
    }

    private static string Cut(string subject) => subject.Length <= MaxSubject ? subject : subject[..(MaxSubject - 3)].TrimEnd() + "...";
}
