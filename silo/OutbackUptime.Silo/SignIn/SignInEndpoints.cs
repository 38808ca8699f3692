using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using OutbackUptime.Silo.Console;

namespace OutbackUptime.Silo.SignIn;

/// <summary>The sign-in page and what its forms call. Without sign-in, of course.</summary>
internal static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("").AllowAnonymous().ExcludeFromDescription();
        group.MapGet("/signin", (ConsoleAssets assets, TokenBook tokens, IOptions<SignInOptions> options, string? returnUrl, string? wrong) =>
            Page(assets, tokens.IsOn, options.Value.Oidc.IsOn, Local(returnUrl), wrong));
        group.MapGet("/signin.css", (ConsoleAssets assets) => assets.File("signin.css"));
        group.MapPost("/signin", SignInAsync).DisableAntiforgery();
        group.MapGet("/signin/oidc", SendToProviderAsync);
        // A page of our own between the provider and the console: on a redirect that another site began, browsers hold a
        // SameSite=Strict cookie back.
        group.MapGet("/signin/done", (string? returnUrl) => Results.Content(
            $"""<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="0;url={System.Net.WebUtility.HtmlEncode(Local(returnUrl))}"><title>Signed in</title>""", "text/html; charset=utf-8"));
        endpoints.MapPost("/signout", async (HttpContext context) =>
        {
            await context.SignOutAsync(SignInExtensions.SessionScheme).ConfigureAwait(false);
            return Results.NoContent();
        }).ExcludeFromDescription();
    }

    private static async Task<IResult> SendToProviderAsync(HttpContext context, IOptions<SignInOptions> options, string? returnUrl)
    {
        var oidc = options.Value.Oidc;
        if (!oidc.IsOn)
        {
            return Results.NotFound();
        }

        try
        {
            await context.ChallengeAsync(
                OpenIdConnectDefaults.AuthenticationScheme, new AuthenticationProperties { RedirectUri = $"/signin/done?returnUrl={Uri.EscapeDataString(Local(returnUrl))}" }).ConfigureAwait(false);
            return Results.Empty;
        }
        catch (InvalidOperationException e)
        {
            // Its discovery document can't be had.
            return Results.Problem($"The identity provider {oidc.Authority} does not answer as one ({e.Message}). Try again, or sign in with a token.", statusCode: StatusCodes.Status502BadGateway);
        }
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context, TokenBook tokens, SignInThrottle throttle, IOptions<SignInOptions> options, TimeProvider time, [FromForm] string? token, [FromForm] string? returnUrl)
    {
        // So that no other site signs a visitor in under an identity of its own.
        if (!CsrfGuard.IsSameOrigin(context.Request))
        {
            return Results.Problem("The form was sent by another site.", statusCode: StatusCodes.Status403Forbidden);
        }

        if (throttle.Check(context, () => tokens.Find((token ?? "").Trim()), out var lockedFor) is not { } found)
        {
            if (lockedFor > TimeSpan.Zero)
            {
                context.Response.Headers.RetryAfter = Math.Ceiling(lockedFor.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            }

            return Results.Redirect($"/signin?wrong={(lockedFor > TimeSpan.Zero ? "locked" : "token")}&returnUrl={Uri.EscapeDataString(Local(returnUrl))}");
        }

        var principal = Roles.Principal(SignInExtensions.SessionScheme, $"{found.Role} (token)", found.Role, new Claim(SignInExtensions.TokenIdClaim, found.Id));
        await context.SignInAsync(SignInExtensions.SessionScheme, principal, new AuthenticationProperties { ExpiresUtc = time.GetUtcNow() + options.Value.SessionLifetime }).ConfigureAwait(false);
        return Results.Redirect(Local(returnUrl));
    }

    // Within this site only: "//other.example" and "/\other.example" are other sites.
    private static string Local(string? url) =>
        url is { Length: > 0 and <= 512 } && url[0] == '/' && (url.Length == 1 || (url[1] != '/' && url[1] != '\\')) && !url.Any(char.IsControl) ? url : "/";

    private static IResult Page(ConsoleAssets assets, bool tokens, bool oidc, string returnUrl, string? wrong)
    {
        var message = wrong switch
        {
            "token" => "That token is not known.",
            "locked" => "Too many wrong tokens from this address: wait a minute, then try again.",
            _ when !tokens && !oidc => "Nobody can sign in here yet: set SignIn:Oidc or SignIn:OperatorToken, see docs/console.md.",
            _ => "",
        };
        var html = assets.Text("signin.html")
            .Replace("{{message}}", message.Length > 0 ? $"<p class=\"wrong\" role=\"alert\">{message}</p>" : "", StringComparison.Ordinal)
            .Replace("{{oidc}}", oidc ? $"<p><a class=\"button\" href=\"/signin/oidc?returnUrl={Uri.EscapeDataString(returnUrl)}\">Sign in with your organisation</a></p>" : "", StringComparison.Ordinal)
            .Replace("{{token}}", tokens ? "" : "hidden", StringComparison.Ordinal)
            .Replace("{{returnUrl}}", System.Net.WebUtility.HtmlEncode(returnUrl), StringComparison.Ordinal);
        return Results.Content(html, "text/html; charset=utf-8");
    }
}
