using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace OutbackUptime.Silo.SignIn;

/// <summary>The identity provider's two ways in.</summary>
internal static class OidcExtensions
{
    public static void AddOidc(this AuthenticationBuilder schemes, OidcOptions options)
    {
        schemes.AddOpenIdConnect(o =>
        {
            o.Authority = options.Authority;
            o.ClientId = options.ClientId;
            o.ClientSecret = options.ClientSecret.Length > 0 ? options.ClientSecret : null;
            o.ResponseType = OpenIdConnectResponseType.Code;
            // By query, so that the correlation cookie needs no SameSite=None.
            o.ResponseMode = OpenIdConnectResponseMode.Query;
            o.UsePkce = true;
            o.SaveTokens = false;
            o.MapInboundClaims = false;
            o.RequireHttpsMetadata = !options.IsLocalHttp;
            o.CallbackPath = "/signin/callback";
            o.SignInScheme = SignInExtensions.SessionScheme;
            o.Scope.Clear();
            foreach (var scope in options.Scope.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                o.Scope.Add(scope);
            }

            foreach (var cookie in new[] { o.CorrelationCookie, o.NonceCookie })
            {
                cookie.SameSite = SameSiteMode.Lax;
                cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            }

            o.Events.OnTokenValidated = context =>
            {
                if (Roles.Of(context.Principal, options) is { } role)
                {
                    context.Principal = Roles.Principal(SignInExtensions.SessionScheme, NameOf(context.Principal!), role);
                }
                else
                {
                    context.Fail(NoRole(options));
                }

                return Task.CompletedTask;
            };
            o.Events.OnRemoteFailure = context =>
            {
                context.HandleResponse();
                return Refusal.WriteAsync(context.HttpContext, StatusCodes.Status403Forbidden, $"The identity provider's sign-in failed: {context.Failure?.Message}");
            };
        });
        schemes.AddJwtBearer(o =>
        {
            o.Authority = options.Authority;
            o.Audience = options.Audience.Length > 0 ? options.Audience : options.ClientId;
            o.MapInboundClaims = false;
            o.RequireHttpsMetadata = !options.IsLocalHttp;
            o.Events = new JwtBearerEvents
            {
                OnTokenValidated = context =>
                {
                    if (Roles.Of(context.Principal, options) is { } role)
                    {
                        context.Principal = Roles.Principal(JwtBearerDefaults.AuthenticationScheme, NameOf(context.Principal!), role);
                    }
                    else
                    {
                        context.Fail(NoRole(options));
                    }

                    return Task.CompletedTask;
                },
                OnChallenge = context =>
                {
                    context.HandleResponse();
                    context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
                    var audience = context.Options.Audience;
                    return Refusal.WriteAsync(context.HttpContext, StatusCodes.Status401Unauthorized, context.AuthenticateFailure is RoleMissingException missing
                        ? missing.Message
                        : $"The access token is not accepted: expected one that {options.Authority} issued for '{audience}' and that has not expired.");
                },
                OnForbidden = context => Refusal.ForbidAsync(context.HttpContext),
            };
        });
    }

    private static RoleMissingException NoRole(OidcOptions options) =>
        new($"The account has neither '{options.ViewerValue}' nor '{options.OperatorValue}' in its claim '{options.RoleClaim}'.");

    private static string NameOf(ClaimsPrincipal principal) =>
        principal.FindFirstValue("email") ?? principal.FindFirstValue("preferred_username") ?? principal.FindFirstValue("name") ?? principal.FindFirstValue("sub") ?? "?";
}
