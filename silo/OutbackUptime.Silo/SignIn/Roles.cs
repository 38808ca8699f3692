using System.Security.Claims;

namespace OutbackUptime.Silo.SignIn;

/// <summary>What people and programs may do. An operator may do all that a viewer may.</summary>
internal static class Roles
{
    public const string Viewer = "viewer";

    public const string Operator = "operator";

    /// <summary>Name of the policy for what changes something or gives data away.</summary>
    public const string OperatorPolicy = "operator";

    /// <summary>Name of the policy of /metrics.</summary>
    public const string MetricsPolicy = "metrics";

    /// <summary>Name of the policy of the uplink's service: only by its own port, which asks for a client certificate.</summary>
    public const string UplinkPolicy = "uplink";

    /// <summary>An identity with a role.</summary>
    public static ClaimsPrincipal Principal(string scheme, string name, string role, params Claim[] more) =>
        new(new ClaimsIdentity([new(ClaimTypes.Name, name), new(ClaimTypes.NameIdentifier, name), new(ClaimTypes.Role, role), .. more], scheme));

    /// <summary>The better role that the provider's claims give, or null.</summary>
    public static string? Of(ClaimsPrincipal? principal, OidcOptions options)
    {
        var values = principal?.FindAll(options.RoleClaim).Select(c => c.Value).ToHashSet(StringComparer.Ordinal) ?? [];
        return values.Contains(options.OperatorValue) ? Operator : values.Contains(options.ViewerValue) ? Viewer : null;
    }
}
