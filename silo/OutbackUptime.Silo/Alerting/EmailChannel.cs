using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;
using OutbackUptime.Domain.Alerts.Notices;

namespace OutbackUptime.Silo.Alerting;

/// <summary>
/// Sends the notice by SMTP. By MailKit: System.Net.Mail.SmtpClient knows no implicit TLS and is not recommended by its own makers
/// for new code. A connection for each notice: they are few.
/// </summary>
internal sealed class EmailChannel(IOptions<AlertingOptions> options) : INoticeChannel
{
    public string Name => "email";

    public string? AddressOf(ContactOptions contact) => contact.Email;

    public async Task<NoticeOutcome> SendAsync(Notice notice, string address, string key, CancellationToken cancellationToken)
    {
        var email = options.Value.Email;
        using var message = Message(notice, email.From!, address, key);
        using var client = new SmtpClient { ServerCertificateValidationCallback = (_, certificate, chain, errors) => IsTrusted(email.CaPath, certificate, chain, errors) };
        try
        {
            await client.ConnectAsync(email.Host!, email.Port, Security(email.Security), cancellationToken);
            if (email.User is { } user)
            {
                await client.AuthenticateAsync(user, Secret.Read(email.Password, email.PasswordFile) ?? "", cancellationToken);
            }

            await client.SendAsync(message, cancellationToken);
        }
        catch (SmtpCommandException e)
        {
            // 4xx: later; 5xx: never (RFC 5321, 4.2.1).
            var said = $"SMTP {(int)e.StatusCode}";
            return (int)e.StatusCode is >= 400 and < 500 ? NoticeOutcome.Later(said) : NoticeOutcome.Refused(said);
        }
        catch (AuthenticationException)
        {
            return NoticeOutcome.Refused("the mail server refused user or password");
        }
        catch (Exception e) when (e is SmtpProtocolException or SocketException or IOException or SslHandshakeException or ServiceNotConnectedException or NotSupportedException)
        {
            // NotSupported: STARTTLS was demanded and isn't offered.
            return NoticeOutcome.Later($"no mail server: {e.GetType().Name}");
        }

        try
        {
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception e) when (e is SmtpProtocolException or IOException or SocketException)
        {
            // Taken is taken; how they parted doesn't matter.
        }

        return NoticeOutcome.Taken("SMTP 250");
    }

    private static MimeMessage Message(Notice notice, string from, string to, string key)
    {
        var message = new MimeMessage { Subject = notice.Subject, Body = new TextPart("plain") { Text = notice.Body } };
        message.From.Add(MailboxAddress.Parse(from));
        message.To.Add(MailboxAddress.Parse(to));
        message.Date = notice.At;

        // Mail has no idempotency key, but servers and readers drop a Message-Id that they have.
        message.MessageId = $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..32]}@{((MailboxAddress)message.From[0]).Domain}";
        message.Headers.Add("Auto-Submitted", "auto-generated");
        if (notice.Severity == Domain.Alerts.AlertSeverity.Critical)
        {
            message.Importance = MessageImportance.High;
        }

        return message;
    }

    private static SecureSocketOptions Security(EmailSecurity security) => security switch
    {
        EmailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        EmailSecurity.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };

    private static bool IsTrusted(string? caPath, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        // A private authority is looked at only if nothing but the chain is wrong: the name must fit in any case.
        if (caPath is null || errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 leaf || chain is null)
        {
            return false;
        }

        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.CustomTrustStore.ImportFromPemFile(caPath);
        own.ChainPolicy.ExtraStore.AddRange(chain.ChainElements.Select(e => e.Certificate).ToArray());
        return own.Build(leaf);
    }
}
