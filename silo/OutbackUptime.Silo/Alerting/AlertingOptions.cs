using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace OutbackUptime.Silo.Alerting;

/// <summary>Who is told and how (section `Alerting`). Without contacts nobody is: alerts then only stand on the console.</summary>
public sealed class AlertingOptions
{
    /// <summary>Contacts by the name that the registry's escalation steps use, e.g. `manager`.</summary>
    public Dictionary<string, ContactOptions> Contacts { get; } = new(StringComparer.Ordinal);

    /// <summary>How webhooks are signed and sent.</summary>
    public WebhookOptions Webhook { get; set; } = new();

    /// <summary>The mail server.</summary>
    [ValidateObjectMembers]
    public EmailOptions Email { get; set; } = new();

    /// <summary>The text message gateway.</summary>
    public SmsOptions Sms { get; set; } = new();

    /// <summary>Allows webhooks over plain HTTP and mail without TLS to other machines. Default no: notices say where nobody is home.</summary>
    public bool AllowPlain { get; set; }

    /// <summary>Notices that wait for sending; a full queue refuses more and the watch tries again. Default 1,000.</summary>
    [Range(1, 100_000)]
    public int QueueSize { get; set; } = 1_000;

    /// <summary>Notices on their way at once. Default 4.</summary>
    [Range(1, 64)]
    public int Parallel { get; set; } = 4;

    /// <summary>Longest time for one attempt. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:02:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Attempts until a notice is given up and written down as not delivered. Default 5.</summary>
    [Range(1, 20)]
    public int Attempts { get; set; } = 5;

    /// <summary>First wait between attempts; doubles, with jitter, up to one minute. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan FirstBackoff { get; set; } = TimeSpan.FromSeconds(1);
}
