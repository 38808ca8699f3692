using Microsoft.AspNetCore.Antiforgery;

namespace OutbackUptime.Silo.SignIn;

/// <summary>
/// What a browser's session changes must come from the console itself: same origin, and with the token that only a page of this
/// origin can read (header X-CSRF; GET /api/v1/me gives it). Bearer tokens are not sent by browsers on their own and need none.
/// </summary>
internal sealed class CsrfGuard(RequestDelegate next, IAntiforgery antiforgery)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method)
            || context.User.Identity is not { IsAuthenticated: true, AuthenticationType: SignInExtensions.SessionScheme })
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        if (!IsSameOrigin(request) || !await antiforgery.IsRequestValidAsync(context).ConfigureAwait(false))
        {
            await Refusal.WriteAsync(context, StatusCodes.Status403Forbidden, "The request does not come from the console: X-CSRF is missing or wrong. Load the page again.").ConfigureAwait(false);
            return;
        }

        await next(context).ConfigureAwait(false);
    }

    /// <summary>Whether a browser says that another origin's page sent this.</summary>
    public static bool IsSameOrigin(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] is [] or ["same-origin"] or ["none"]
        && (request.Headers.Origin is not [{ } origin] || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase));
}
