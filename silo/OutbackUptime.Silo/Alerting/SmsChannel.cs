using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using OutbackUptime.Domain.Alerts.Notices;

namespace OutbackUptime.Silo.Alerting;

/// <summary>Posts the notice's text to a text message gateway.</summary>
internal sealed partial class SmsChannel(NoticeHttp http, IOptions<AlertingOptions> options) : INoticeChannel
{
    public string Name => "sms";

    public string? AddressOf(ContactOptions contact) => contact.Sms;

    public Task<NoticeOutcome> SendAsync(Notice notice, string address, string key, CancellationToken cancellationToken)
    {
        var sms = options.Value.Sms;
        List<(string, string)> headers = [("Idempotency-Key", key)];
        if (Secret.Read(sms.Authorization, sms.AuthorizationFile) is { } authorization)
        {
            headers.Add(("Authorization", authorization));
        }

        return http.PostAsync(sms.Url!, Encoding.UTF8.GetBytes(Fill(sms.Body, address, sms.From, notice.Text, key)), headers, cancellationToken);
    }

    /// <summary>Puts the values into the template, in one pass: a text that holds "{to}" stays as it is.</summary>
    internal static string Fill(string template, string to, string from, string text, string key) =>
        Placeholder().Replace(template, m => JsonEncodedText.Encode(m.Value switch
        {
            "{to}" => to,
            "{from}" => from,
            "{text}" => text,
            _ => key,
        }).ToString());

    [GeneratedRegex(@"\{(to|from|text|key)\}")]
    private static partial Regex Placeholder();
}
