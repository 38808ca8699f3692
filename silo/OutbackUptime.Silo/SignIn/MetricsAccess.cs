using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace OutbackUptime.Silo.SignIn;

/// <summary>Who may read /metrics: anyone signed in, the scrape token, and, by a switch, programs of this machine.</summary>
internal sealed class MetricsAccess(IOptions<SignInOptions> options, TokenBook tokens) : AuthorizationHandler<MetricsAccess.Requirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, Requirement requirement)
    {
        if (context.User.Identity?.IsAuthenticated == true
            || (context.Resource is HttpContext http
                && ((options.Value.LocalMetrics && IsLocal(http)) || (TokenHandler.TokenOf(http.Request) is { } token && tokens.IsScrape(token)))))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }

    private static bool IsLocal(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } remote && (IPAddress.IsLoopback(remote) || remote.Equals(http.Connection.LocalIpAddress));

    /// <summary>May read metrics.</summary>
    public sealed class Requirement : IAuthorizationRequirement;
}
