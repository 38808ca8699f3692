using System.Net;
using System.Net.Http.Headers;

namespace OutbackUptime.Console.Tests.SignIn.Oidc;

/// <summary>Programs, by the identity provider's access tokens.</summary>
[Collection(OidcCollection.Name)]
public sealed class OidcBearerTests(OidcFixture fixture)
{
    private static readonly Account s_viewer = new() { Email = "report@station.example", Roles = ["outback-viewer"] };

    [Fact]
    public async Task AnAccessToken_WithARole_OpensTheApiAsFarAsTheRoleGoes()
    {
        var (read, me) = await SendAsync(HttpMethod.Get, "/api/v1/me", fixture.Provider.AccessToken(s_viewer));
        var (viewer, text) = await SendAsync(HttpMethod.Post, OidcFixture.Acknowledge, fixture.Provider.AccessToken(s_viewer));
        var (operates, _) = await SendAsync(HttpMethod.Post, OidcFixture.Acknowledge, fixture.Provider.AccessToken(s_viewer with { Roles = ["outback-operator"] }));

        Assert.Equal(HttpStatusCode.OK, read);
        Assert.Contains("\"name\":\"report@station.example\",\"role\":\"viewer\"", me, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, viewer);
        Assert.Contains("operator role", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, operates);
    }

    [Fact]
    public async Task NoToken_Is401()
    {
        var (status, text) = await SendAsync(HttpMethod.Get, "/api/v1/me", null);

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains("Authorization: Bearer", text, StringComparison.Ordinal);
    }

    public static TheoryData<string> Faults => ["audience", "issuer", "key", "expired", "unsigned"];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task AWrongAccessToken_Is401AndSaysWhatWasExpected(string fault)
    {
        var token = fixture.Provider.AccessToken(fault switch
        {
            "audience" => s_viewer with { Audience = "another-api" },
            "issuer" => s_viewer with { Issuer = "https://login.evil.example" },
            "key" => s_viewer with { ForeignKey = true },
            "expired" => s_viewer with { Lifetime = TimeSpan.FromMinutes(-6) },
            _ => s_viewer,
        });
        if (fault == "unsigned")
        {
            // {"alg":"none"} and no signature.
            token = $"eyJhbGciOiJub25lIn0.{token.Split('.')[1]}.";
        }

        var (status, text) = await SendAsync(HttpMethod.Get, "/api/v1/me", token);

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains(fixture.Provider.Issuer, text, StringComparison.Ordinal);
        Assert.Contains(IdentityProvider.ClientId, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnAccessToken_WithoutARole_Is401AndSaysWhatIsMissing()
    {
        var (status, text) = await SendAsync(HttpMethod.Get, "/api/v1/me", fixture.Provider.AccessToken(s_viewer with { Roles = ["somewhere-else"] }));

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains("outback-viewer", text, StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, string Text)> SendAsync(HttpMethod method, string path, string? token)
    {
        using var client = new HttpClient { BaseAddress = fixture.Silo.Url };
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.SendAsync(request);
        if (!answer.IsSuccessStatusCode)
        {
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }

        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
