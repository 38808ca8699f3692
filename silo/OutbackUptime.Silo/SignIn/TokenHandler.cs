using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace OutbackUptime.Silo.SignIn;

/// <summary>`Authorization: Bearer` with a token of the configuration.</summary>
internal sealed class TokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, TokenBook tokens, SignInThrottle throttle)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "token";

    private const string Prefix = "Bearer ";
    private TimeSpan _lockedFor;

    /// <summary>The bearer token of a request, or null.</summary>
    public static string? TokenOf(HttpRequest request) =>
        request.Headers.Authorization is [{ } value] && value.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? value[Prefix.Length..].Trim() : null;

    /// <inheritdoc/>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (TokenOf(Request) is not { Length: > 0 and <= 512 } token)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        // The scrape token is no wrong guess; the policy of /metrics looks at it.
        if (tokens.IsScrape(token))
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var found = throttle.Check(Context, () => tokens.Find(token), out _lockedFor);
        return Task.FromResult(found is { } known
            ? AuthenticateResult.Success(new AuthenticationTicket(Roles.Principal(SchemeName, $"{known.Role} (token)", known.Role, new Claim(SignInExtensions.TokenIdClaim, known.Id)), SchemeName))
            : AuthenticateResult.Fail("The token is not known."));
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_lockedFor > TimeSpan.Zero)
        {
            Response.Headers.RetryAfter = Math.Ceiling(_lockedFor.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return Refusal.WriteAsync(Context, StatusCodes.Status429TooManyRequests, "Too many wrong tokens from this address. Wait for Retry-After, then try again.");
        }

        Response.Headers.WWWAuthenticate = "Bearer";
        return Refusal.WriteAsync(Context, StatusCodes.Status401Unauthorized, "The token is not known. Send `Authorization: Bearer <token>` with one of SignIn's tokens.");
    }

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Refusal.ForbidAsync(Context);
}
