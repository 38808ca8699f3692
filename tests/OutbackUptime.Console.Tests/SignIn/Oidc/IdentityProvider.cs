using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace OutbackUptime.Console.Tests.SignIn.Oidc;

/// <summary>An OpenID Connect provider on loopback that holds its client to the code flow with PKCE (RFC 6749, RFC 7636). It asks nobody for a password.</summary>
internal sealed class IdentityProvider : IAsyncDisposable
{
    public const string ClientId = "outback-console";
    public const string ClientSecret = "secret-of-the-test";

    private readonly WebApplication _app;
    private readonly TokenIssuer _issuer = new();
    private readonly ConcurrentDictionary<string, Grant> _codes = new();

    private IdentityProvider()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = Issuer,
            authorization_endpoint = $"{Issuer}/authorize",
            token_endpoint = $"{Issuer}/token",
            jwks_uri = $"{Issuer}/keys",
            response_types_supported = new[] { "code" },
            subject_types_supported = new[] { "public" },
            id_token_signing_alg_values_supported = new[] { "RS256" },
            code_challenge_methods_supported = new[] { "S256" },
        }));
        _app.MapGet("/keys", () => Results.Json(_issuer.KeySet()));
        _app.MapGet("/authorize", (HttpRequest request) => Authorize(request.Query));
        _app.MapPost("/token", async (HttpRequest request) => Token(await request.ReadFormAsync()));
    }

    public string Issuer => _app.Urls.Single();

    /// <summary>The only place that codes are sent to.</summary>
    public string RedirectUri { get; set; } = "";

    /// <summary>Who signs in next.</summary>
    public Account Account { get; set; } = new();

    /// <summary>What was wrong with requests so far.</summary>
    public ConcurrentQueue<string> Faults { get; } = new();

    public static async Task<IdentityProvider> StartAsync()
    {
        var provider = new IdentityProvider();
        await provider._app.StartAsync();
        return provider;
    }

    /// <summary>An access token for an API.</summary>
    public string AccessToken(Account account) => _issuer.Sign(Issuer, ClientId, account, nonce: null);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _issuer.Dispose();
    }

    private IResult Authorize(IQueryCollection query)
    {
        var fault = query["response_type"] != "code" ? "response_type"
            : query["client_id"] != ClientId ? "client_id"
            : query["redirect_uri"] != RedirectUri ? "redirect_uri"
            : !query["scope"].ToString().Split(' ').Contains("openid") ? "scope"
            : query["state"].ToString().Length < 16 ? "state"
            : query["nonce"].ToString().Length < 16 ? "nonce"
            : query["code_challenge_method"] != "S256" ? "code_challenge_method"
            : query["code_challenge"].ToString().Length != 43 ? "code_challenge"
            : null;
        if (fault is not null)
        {
            return Fault(fault);
        }

        var code = RandomNumberGenerator.GetHexString(32);
        _codes[code] = new Grant(query["code_challenge"].ToString(), query["nonce"].ToString(), Account);
        return Results.Redirect($"{RedirectUri}?code={code}&state={Uri.EscapeDataString(query["state"].ToString())}");
    }

    private IResult Token(IFormCollection form)
    {
        if (!_codes.TryRemove(form["code"].ToString(), out var grant))
        {
            return Fault("code");
        }

        var challenge = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        var fault = form["grant_type"] != "authorization_code" ? "grant_type"
            : form["client_id"] != ClientId || form["client_secret"] != ClientSecret ? "client"
            : form["redirect_uri"] != RedirectUri ? "redirect_uri"
            : challenge != grant.Challenge ? "code_verifier"
            : null;
        return fault is not null ? Fault(fault) : Results.Json(new
        {
            access_token = AccessToken(grant.Account),
            token_type = "Bearer",
            expires_in = 600,
            id_token = _issuer.Sign(Issuer, ClientId, grant.Account, grant.Account.Nonce ?? grant.Nonce),
        });
    }

    private IResult Fault(string parameter)
    {
        Faults.Enqueue(parameter);
        return Results.Json(new { error = "invalid_request", error_description = $"wrong: {parameter}" }, statusCode: StatusCodes.Status400BadRequest);
    }

    private sealed record Grant(string Challenge, string Nonce, Account Account);
}
