using System.ComponentModel.DataAnnotations;

namespace OutbackUptime.Silo.SignIn;

/// <summary>Sign-in by OpenID Connect: code flow with PKCE for people, JWT bearer tokens for programs (section `SignIn:Oidc`).</summary>
internal sealed class OidcOptions : IValidatableObject
{
    /// <summary>The identity provider, e.g. `https://login.example.com/tenant/v2.0`. Empty (default): no OIDC.</summary>
    public string Authority { get; set; } = "";

    /// <summary>This console's client id.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>Its secret; empty for a public client (PKCE alone).</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>What access tokens for the API must be issued for; empty (default): the client id.</summary>
    public string Audience { get; set; } = "";

    /// <summary>The claim that names roles. Default `roles`.</summary>
    [Required]
    public string RoleClaim { get; set; } = "roles";

    /// <summary>Its value for operators. Default `outback-operator`.</summary>
    [Required]
    public string OperatorValue { get; set; } = "outback-operator";

    /// <summary>Its value for viewers. Default `outback-viewer`.</summary>
    [Required]
    public string ViewerValue { get; set; } = "outback-viewer";

    /// <summary>Scopes asked for. Default `openid profile`.</summary>
    [Required]
    public string Scope { get; set; } = "openid profile";

    /// <summary>Whether a provider on this machine may be reached by plain HTTP (development, tests). Refused with any other. Default false.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>Whether OIDC is configured.</summary>
    public bool IsOn => Authority.Length > 0;

    /// <summary>Whether the provider is on this machine and may be reached by plain HTTP.</summary>
    public bool IsLocalHttp => AllowHttp && Uri.TryCreate(Authority, UriKind.Absolute, out var authority) && authority.IsLoopback;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsOn)
        {
            yield break;
        }

        if (AllowHttp && !IsLocalHttp)
        {
            yield return new ValidationResult($"SignIn:Oidc:AllowHttp is for a provider on this machine; SignIn:Oidc:Authority is '{Authority}'. Leave it out.");
        }
        else if (!Uri.TryCreate(Authority, UriKind.Absolute, out var authority) || (authority.Scheme != Uri.UriSchemeHttps && !(IsLocalHttp && authority.Scheme == Uri.UriSchemeHttp)))
        {
            yield return new ValidationResult($"SignIn:Oidc:Authority is '{Authority}'; expected an https URL.");
        }

        if (ClientId.Length == 0)
        {
            yield return new ValidationResult("SignIn:Oidc:ClientId is missing: the id under which the identity provider knows this console.");
        }
    }
}
