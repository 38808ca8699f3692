using System.ComponentModel.DataAnnotations;

namespace OutbackUptime.Silo.Alerting;

/// <summary>The mail server (SMTP, RFC 5321; STARTTLS, RFC 3207).</summary>
public sealed class EmailOptions
{
    /// <summary>Its name. Needed where a contact has an e-mail address.</summary>
    public string? Host { get; set; }

    /// <summary>Its port. Default 587: submission.</summary>
    [Range(1, 65_535)]
    public int Port { get; set; } = 587;

    /// <summary>How the connection is secured. Default STARTTLS, which is demanded, not tried.</summary>
    public EmailSecurity Security { get; set; } = EmailSecurity.StartTls;

    /// <summary>PEM file of an authority that the server's certificate may be signed by, besides the machine's own.</summary>
    public string? CaPath { get; set; }

    /// <summary>Sender's address.</summary>
    public string? From { get; set; }

    /// <summary>User, if the server wants one.</summary>
    public string? User { get; set; }

    /// <summary>The user's password.</summary>
    public string? Password { get; set; }

    /// <summary>A file that holds it; wins over <see cref="Password"/>.</summary>
    public string? PasswordFile { get; set; }
}
