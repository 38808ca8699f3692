namespace OutbackUptime.Silo.SignIn;

/// <summary>How the admin port says no: problem+json.</summary>
internal static class Refusal
{
    public static Task WriteAsync(HttpContext context, int status, string detail) =>
        context.Response.HasStarted ? Task.CompletedTask : TypedResults.Problem(detail, statusCode: status).ExecuteAsync(context);

    /// <summary>Signed in, but not allowed.</summary>
    public static Task ForbidAsync(HttpContext context) =>
        WriteAsync(context, StatusCodes.Status403Forbidden, "This needs the operator role.");

    /// <summary>Not signed in: a page is sent to the sign-in, everything else gets 401.</summary>
    public static Task ChallengeAsync(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) && !request.Path.StartsWithSegments("/api") && WantsHtml(request))
        {
            context.Response.Redirect($"/signin?returnUrl={Uri.EscapeDataString(request.Path + request.QueryString)}");
            return Task.CompletedTask;
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        return WriteAsync(context, StatusCodes.Status401Unauthorized, "Sign in at /signin, or send `Authorization: Bearer <token>`.");
    }

    private static bool WantsHtml(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(a => a.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));
}
