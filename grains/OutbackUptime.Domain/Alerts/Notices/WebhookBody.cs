using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace OutbackUptime.Domain.Alerts.Notices;

/// <summary>The JSON body of a webhook. Fields are only ever added.</summary>
public static class WebhookBody
{
    /// <summary>UTF-8 bytes of the notice.</summary>
    public static byte[] Of(Notice notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteNumber("version", 1);
        json.WriteString("station", notice.Station);
        json.WriteString("kind", notice.KindName);
        json.WriteNumber("level", notice.Level);
        json.WriteString("severity", SeverityName(notice.Severity));
        json.WriteString("at", Time(notice.At));
        json.WriteString("subject", notice.Subject);
        json.WriteString("text", notice.Text);
        if (notice.Alert is { } alert)
        {
            json.WriteStartObject("alert");
            json.WriteString("id", alert.Id);
            json.WriteString("hub", alert.Hub);
            json.WriteString("rule", alert.Rule);
            json.WriteString("state", alert.State switch { AlertState.Open => "open", AlertState.Acknowledged => "acknowledged", _ => "cleared" });
            json.WriteString("opened_at", Time(alert.OpenedAt));
            json.WriteString("summary", alert.Summary);
            json.WriteStartObject("facts");
            foreach (var (name, value) in alert.Facts.OrderBy(f => f.Key, StringComparer.Ordinal))
            {
                json.WriteNumber(name, value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A severity as it stands in stores and webhooks.</summary>
    public static string SeverityName(AlertSeverity severity) => severity switch
    {
        AlertSeverity.Critical => "critical",
        AlertSeverity.Warning => "warning",
        _ => "info",
    };

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
