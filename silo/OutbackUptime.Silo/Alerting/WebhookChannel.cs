using System.Text;
using Microsoft.Extensions.Options;
using OutbackUptime.Domain.Alerts.Notices;

namespace OutbackUptime.Silo.Alerting;

/// <summary>Posts the notice as signed JSON; see <see cref="WebhookBody"/> and <see cref="WebhookSignature"/>.</summary>
internal sealed class WebhookChannel(NoticeHttp http, IOptions<AlertingOptions> options, TimeProvider time) : INoticeChannel
{
    public string Name => "webhook";

    public string? AddressOf(ContactOptions contact) => contact.Webhook;

    public Task<NoticeOutcome> SendAsync(Notice notice, string address, string key, CancellationToken cancellationToken)
    {
        if (Secret.Read(options.Value.Webhook.Secret, options.Value.Webhook.SecretFile) is not { } secret)
        {
            return Task.FromResult(NoticeOutcome.Refused("Alerting:Webhook:Secret is gone"));
        }

        var body = WebhookBody.Of(notice);
        var signature = WebhookSignature.Sign(Encoding.UTF8.GetBytes(secret), time.GetUtcNow(), body);
        return http.PostAsync(address, body, [(WebhookSignature.Header, signature), ("Idempotency-Key", key)], cancellationToken);
    }
}
