namespace OutbackUptime.Silo.Alerting;

/// <summary>How webhooks are signed.</summary>
public sealed class WebhookOptions
{
    /// <summary>Shared secret of the signature, at least 16 characters. Needed where a contact has a webhook.</summary>
    public string? Secret { get; set; }

    /// <summary>A file that holds the secret; wins over <see cref="Secret"/>. Read for each notice, so that a rotated secret counts at once.</summary>
    public string? SecretFile { get; set; }
}
