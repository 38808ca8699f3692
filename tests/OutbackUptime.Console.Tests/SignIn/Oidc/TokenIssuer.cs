using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace OutbackUptime.Console.Tests.SignIn.Oidc;

/// <summary>Signs tokens with an RSA key of its own, or with one that nobody knows.</summary>
internal sealed class TokenIssuer : IDisposable
{
    private const string KeyId = "key-of-the-test";
    private readonly RSA _key = RSA.Create(2048);
    private readonly RSA _foreign = RSA.Create(2048);

    /// <summary>The published key, as a JWKS document.</summary>
    public object KeySet()
    {
        var key = _key.ExportParameters(includePrivateParameters: false);
        return new { keys = new[] { new { kty = "RSA", use = "sig", alg = "RS256", kid = KeyId, n = Base64UrlEncoder.Encode(key.Modulus), e = Base64UrlEncoder.Encode(key.Exponent) } } };
    }

    public string Sign(string issuer, string audience, Account account, string? nonce)
    {
        var expires = TimeProvider.System.GetUtcNow() + account.Lifetime;
        Dictionary<string, object> claims = new() { ["sub"] = $"id-of-{account.Email}", ["email"] = account.Email, ["roles"] = account.Roles };
        if (nonce is not null)
        {
            claims["nonce"] = nonce;
        }

        var key = new RsaSecurityKey(account.ForeignKey ? _foreign : _key) { KeyId = KeyId, CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } };
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = account.Issuer ?? issuer,
            Audience = account.Audience ?? audience,
            Claims = claims,
            IssuedAt = (expires - TimeSpan.FromHours(1)).UtcDateTime,
            NotBefore = (expires - TimeSpan.FromHours(1)).UtcDateTime,
            Expires = expires.UtcDateTime,
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256),
        });
    }

    public void Dispose()
    {
        _key.Dispose();
        _foreign.Dispose();
    }
}
