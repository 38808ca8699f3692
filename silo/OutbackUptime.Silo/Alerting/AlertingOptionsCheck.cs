using System.Net.Mail;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace OutbackUptime.Silo.Alerting;

/// <summary>What single attributes can't say: that each contact can be reached by what is set up, and safely.</summary>
internal sealed class AlertingOptionsCheck : IValidateOptions<AlertingOptions>
{
    private const int LeastSecretLength = 16;

    public ValidateOptionsResult Validate(string? name, AlertingOptions options)
    {
        List<string> faults = [];
        foreach (var (contact, how) in options.Contacts)
        {
            Contact($"Alerting:Contacts:{contact}", how, options, faults);
        }

        if (options.Contacts.Values.Any(c => c.Webhook is not null))
        {
            Readable("Alerting:Webhook:Secret", options.Webhook.Secret, options.Webhook.SecretFile, LeastSecretLength, faults);
        }

        if (options.Contacts.Values.Any(c => c.Email is not null))
        {
            Email(options, faults);
        }

        if (options.Contacts.Values.Any(c => c.Sms is not null))
        {
            Sms(options, faults);
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void Contact(string path, ContactOptions how, AlertingOptions options, List<string> faults)
    {
        if (how.Sms is null && how.Email is null && how.Webhook is null)
        {
            faults.Add($"{path}: expected at least one of Sms, Email, Webhook.");
        }

        if (how.Sms is { } number && (number.Length is < 8 or > 17 || number[0] != '+' || number.Skip(1).Any(c => !char.IsAsciiDigit(c))))
        {
            faults.Add($"{path}:Sms: expected a phone number in international form, '+' and 7 to 16 digits.");
        }

        if (how.Email is { } address && !MailAddress.TryCreate(address, out _))
        {
            faults.Add($"{path}:Email: expected an e-mail address.");
        }

        if (how.Webhook is { } url)
        {
            Url($"{path}:Webhook", url, options, faults);
        }
    }

    private static void Email(AlertingOptions options, List<string> faults)
    {
        var email = options.Email;
        if (string.IsNullOrWhiteSpace(email.Host))
        {
            faults.Add("Alerting:Email:Host: expected the mail server's name, since a contact has an e-mail address.");
        }
        else if (email.Security == EmailSecurity.None && !options.AllowPlain && !IsLocal(email.Host))
        {
            faults.Add("Alerting:Email:Security: 'None' is only for a server on this machine; use StartTls or Tls, or set Alerting:AllowPlain.");
        }

        if (email.From is null || !MailAddress.TryCreate(email.From, out _))
        {
            faults.Add("Alerting:Email:From: expected the sender's e-mail address.");
        }

        if (email.User is not null)
        {
            Readable("Alerting:Email:Password", email.Password, email.PasswordFile, 1, faults);
        }

        if (email.CaPath is { } ca && !File.Exists(ca))
        {
            faults.Add($"Alerting:Email:CaPath: there is no file '{ca}'.");
        }
    }

    private static void Sms(AlertingOptions options, List<string> faults)
    {
        if (options.Sms.Url is not { } url)
        {
            faults.Add("Alerting:Sms:Url: expected the gateway's URL, since a contact has a phone number.");
        }
        else
        {
            Url("Alerting:Sms:Url", url, options, faults);
        }

        try
        {
            var body = SmsChannel.Fill(options.Sms.Body, "+61", "a \"b\"", "c\\", "d");
            using var parsed = JsonDocument.Parse(body);
            if (!options.Sms.Body.Contains("{to}", StringComparison.Ordinal) || !options.Sms.Body.Contains("{text}", StringComparison.Ordinal))
            {
                faults.Add("Alerting:Sms:Body: expected {to} and {text} in it.");
            }
        }
        catch (JsonException)
        {
            faults.Add("Alerting:Sms:Body: expected JSON with {to}, {from}, {text} and {key} inside of strings.");
        }

        if (options.Sms.AuthorizationFile is not null)
        {
            Readable("Alerting:Sms:Authorization", options.Sms.Authorization, options.Sms.AuthorizationFile, 1, faults);
        }
    }

    private static void Url(string path, string url, AlertingOptions options, List<string> faults)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("https" or "http") || parsed.UserInfo.Length > 0)
        {
            faults.Add($"{path}: expected an absolute https URL without user and password.");
        }
        else if (parsed.Scheme == "http" && !parsed.IsLoopback && !options.AllowPlain)
        {
            faults.Add($"{path}: http is only for this machine; use https, or set Alerting:AllowPlain.");
        }
    }

    private static void Readable(string path, string? value, string? file, int least, List<string> faults)
    {
        try
        {
            if (!(Secret.Read(value, file)?.Length >= least))
            {
                faults.Add($"{path}: expected {path.Split(':')[^1]} or {path.Split(':')[^1]}File with at least {least} characters.");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{path}File: '{file}' can't be read: {e.Message}");
        }
    }

    private static bool IsLocal(string host) => host is "localhost" or "127.0.0.1" or "::1";
}
