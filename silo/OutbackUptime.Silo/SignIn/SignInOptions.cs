using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace OutbackUptime.Silo.SignIn;

/// <summary>Who may use the admin port (section `SignIn`). With neither tokens nor OIDC nobody may.</summary>
internal sealed class SignInOptions : IValidatableObject
{
    /// <summary>Shortest token taken, in characters: 128 bits in hex.</summary>
    public const int MinTokenLength = 32;

    /// <summary>Token of operators (acknowledge, replay, export, delete). At least 32 characters; empty (default): none.</summary>
    public string OperatorToken { get; set; } = "";

    /// <summary>A file that holds the operators' token (a mounted secret); read at start. Instead of <see cref="OperatorToken"/>.</summary>
    public string OperatorTokenFile { get; set; } = "";

    /// <summary>Token of viewers (reads everything, changes nothing). At least 32 characters; empty (default): none.</summary>
    public string ViewerToken { get; set; } = "";

    /// <summary>A file that holds the viewers' token; read at start. Instead of <see cref="ViewerToken"/>.</summary>
    public string ViewerTokenFile { get; set; } = "";

    /// <summary>Sign-in by an identity provider.</summary>
    [ValidateObjectMembers]
    public OidcOptions Oidc { get; set; } = new();

    /// <summary>How long a session lasts before one signs in again. Default 8 h.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(8);

    /// <summary>
    /// Folder of the keys that protect session cookies. The same (shared, private) folder for all silos behind one name, else a
    /// session is worth something on one silo only. Empty (default): the user's own, or new ones with each start.
    /// </summary>
    public string KeysFolder { get; set; } = "";

    /// <summary>IP addresses of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed. Default none.</summary>
    public IList<string> Proxies { get; init; } = [];

    /// <summary>Whether /metrics answers requests from this machine (loopback) without sign-in. Default false.</summary>
    public bool LocalMetrics { get; set; }

    /// <summary>Bearer token that opens /metrics and nothing else. At least 32 characters; empty (default): none.</summary>
    public string ScrapeToken { get; set; } = "";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, token) in new[] { (nameof(OperatorToken), OperatorToken), (nameof(ViewerToken), ViewerToken), (nameof(ScrapeToken), ScrapeToken) })
        {
            if (token.Length is > 0 and < MinTokenLength)
            {
                yield return new ValidationResult($"SignIn:{name} has {token.Length} characters; expected at least {MinTokenLength}, e.g. of `openssl rand -hex 32`.");
            }
        }

        foreach (var proxy in Proxies.Where(p => !IPAddress.TryParse(p, out _)))
        {
            yield return new ValidationResult($"SignIn:Proxies: '{proxy}' is no IP address.");
        }
    }
}
