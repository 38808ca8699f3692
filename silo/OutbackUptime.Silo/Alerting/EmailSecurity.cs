namespace OutbackUptime.Silo.Alerting;

/// <summary>How the connection to the mail server is secured.</summary>
public enum EmailSecurity
{
    /// <summary>Plain first, TLS before anything that matters; no TLS, no mail.</summary>
    StartTls,

    /// <summary>TLS from the first byte (port 465).</summary>
    Tls,

    /// <summary>None: only to this machine, or where `Alerting:AllowPlain` is set.</summary>
    None,
}
