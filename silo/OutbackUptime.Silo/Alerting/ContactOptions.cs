namespace OutbackUptime.Silo.Alerting;

/// <summary>A person or a desk. Any of the channels, at least one.</summary>
public sealed class ContactOptions
{
    /// <summary>Phone number for text messages, international form: `+61...`.</summary>
    public string? Sms { get; set; }

    /// <summary>E-mail address.</summary>
    public string? Email { get; set; }

    /// <summary>URL of a webhook; https unless it is on this machine.</summary>
    public string? Webhook { get; set; }
}
