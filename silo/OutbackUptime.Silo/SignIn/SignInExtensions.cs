using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using OutbackUptime.Silo.Ingest;

namespace OutbackUptime.Silo.SignIn;

/// <summary>Sign-in for everything on the admin port. What says nothing else needs the viewer role, mapped or not.</summary>
internal static class SignInExtensions
{
    /// <summary>The session cookie's scheme.</summary>
    public const string SessionScheme = "session";

    /// <summary>Which token a session began with.</summary>
    public const string TokenIdClaim = "outback-token";

    private const string AnyScheme = "any";

    public static IServiceCollection AddSignIn(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection("SignIn").Get<SignInOptions>() ?? new SignInOptions();
        services.AddOptionsWithValidateOnStart<SignInOptions, SignInOptionsValidator>().BindConfiguration("SignIn");
        services.AddSingleton<TokenBook>();
        services.AddSingleton<SignInThrottle>();
        services.AddSingleton<IAuthorizationHandler, MetricsAccess>();
        services.AddHostedService<SignInNotice>();
        services.AddAntiforgery(o =>
        {
            o.HeaderName = "X-CSRF";
            o.Cookie.Name = "outback-csrf";
            o.Cookie.SameSite = SameSiteMode.Strict;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            o.SuppressXFrameOptionsHeader = true;
        });
        var keys = services.AddDataProtection().SetApplicationName("outback-uptime");
        if (options.KeysFolder.Length > 0)
        {
            keys.PersistKeysToFileSystem(Directory.CreateDirectory(options.KeysFolder));
        }

        services.Configure<ForwardedHeadersOptions>(o =>
        {
            o.ForwardedHeaders = options.Proxies.Count > 0 ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto : ForwardedHeaders.None;
            o.KnownIPNetworks.Clear();
            o.KnownProxies.Clear();
            foreach (var proxy in options.Proxies)
            {
                if (IPAddress.TryParse(proxy, out var address))
                {
                    o.KnownProxies.Add(address);
                }
            }
        });
        AddSchemes(services.AddAuthentication(AnyScheme), options);
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(Role(Roles.Viewer, Roles.Operator))
            .SetDefaultPolicy(Role(Roles.Viewer, Roles.Operator))
            .AddPolicy(Roles.OperatorPolicy, Role(Roles.Operator))
            .AddPolicy(Roles.MetricsPolicy, p => p.AddRequirements(new MetricsAccess.Requirement()))
            .AddPolicy(Roles.UplinkPolicy, p => p.RequireAssertion(c => c.Resource is HttpContext http && http.Features.Get<UplinkConnection>() is not null));
        return services;
    }

    /// <summary>Before all endpoints.</summary>
    public static void UseSignIn(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseMiddleware<SecurityHeaders>();
        app.UseAuthentication();
        app.UseMiddleware<CsrfGuard>();
        app.UseAuthorization();
    }

    private static AuthorizationPolicy Role(params string[] roles) => new AuthorizationPolicyBuilder().RequireRole(roles).Build();

    private static void AddSchemes(AuthenticationBuilder schemes, SignInOptions options)
    {
        schemes.AddPolicyScheme(AnyScheme, null, o => o.ForwardDefaultSelector = context =>
            TokenHandler.TokenOf(context.Request) is not { } token ? SessionScheme
            // A JWT has three parts; the tokens of the configuration need not care.
            : options.Oidc.IsOn && token.Count(c => c == '.') == 2 ? JwtBearerDefaults.AuthenticationScheme
            : TokenHandler.SchemeName);
        schemes.AddScheme<AuthenticationSchemeOptions, TokenHandler>(TokenHandler.SchemeName, null);
        schemes.AddCookie(SessionScheme, o =>
        {
            o.Cookie.Name = "outback-session";
            o.Cookie.HttpOnly = true;
            o.Cookie.SameSite = SameSiteMode.Strict;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            o.ExpireTimeSpan = options.SessionLifetime;
            o.SlidingExpiration = false;
            o.Events.OnRedirectToLogin = c => Refusal.ChallengeAsync(c.HttpContext);
            o.Events.OnRedirectToAccessDenied = c => Refusal.ForbidAsync(c.HttpContext);
            o.Events.OnValidatePrincipal = RejectGoneTokens;
        });
        if (options.Oidc.IsOn)
        {
            schemes.AddOidc(options.Oidc);
        }
    }

    private static Task RejectGoneTokens(CookieValidatePrincipalContext context)
    {
        if (context.Principal?.FindFirstValue(TokenIdClaim) is { } id && !context.HttpContext.RequestServices.GetRequiredService<TokenBook>().Knows(id))
        {
            context.RejectPrincipal();
        }

        return Task.CompletedTask;
    }
}
