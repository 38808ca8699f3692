using System.Net;
using System.Web;

namespace OutbackUptime.Console.Tests.SignIn.Oidc;

/// <summary>People, by their organisation's identity provider.</summary>
[Collection(OidcCollection.Name)]
public sealed class OidcSignInTests(OidcFixture fixture)
{
    private static readonly Account s_viewer = new() { Roles = ["somewhere-else", "outback-viewer"] };
    private static readonly Account s_operator = new() { Email = "lee@station.example", Roles = ["outback-viewer", "outback-operator"] };

    [Fact]
    public async Task SignIn_OfAViewer_LeadsBackToThePageWithACookieThatReadsOnly()
    {
        using var browser = fixture.Open(s_viewer);

        var done = await browser.RedirectAsync(await browser.ToCallbackAsync("/?station=x"));

        Assert.Equal("/signin/done?returnUrl=%2F%3Fstation%3Dx", done.PathAndQuery);
        Assert.Contains("url=/?station=x\"", (await browser.GetAsync(done)).Text, StringComparison.Ordinal);
        Assert.True(browser.HasSession);
        var me = await browser.MeAsync();
        Assert.Equal(("viewer", "kim@station.example"), (me.GetProperty("role").GetString(), me.GetProperty("name").GetString()));
        var (status, text) = await AcknowledgeAsync(browser, me.GetProperty("csrf").GetString()!);
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("operator role", text, StringComparison.Ordinal);
        Assert.Empty(fixture.Provider.Faults);
    }

    [Fact]
    public async Task SignIn_OfAnOperator_MayAcknowledgeWithTheCsrfTokenOnly()
    {
        using var browser = fixture.Open(s_operator);
        using var page = await browser.Client.GetAsync(await browser.ToCallbackAsync());
        var cookie = Assert.Single(page.Headers.GetValues("Set-Cookie"), c => c.StartsWith("outback-session=", StringComparison.Ordinal)).ToLowerInvariant();
        Assert.Contains("samesite=strict; httponly", cookie, StringComparison.Ordinal);

        var me = await browser.MeAsync();
        var (without, _) = await AcknowledgeAsync(browser, "");
        var (with, text) = await AcknowledgeAsync(browser, me.GetProperty("csrf").GetString()!);

        Assert.Equal("operator", me.GetProperty("role").GetString());
        Assert.Equal(HttpStatusCode.Forbidden, without);
        // Past the door, where the call itself is looked at.
        Assert.Equal(HttpStatusCode.BadRequest, with);
        Assert.Contains("station: expected", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData()]
    [InlineData("somewhere-else", "Outback-Operator")]
    public async Task SignIn_OfAnAccountWithoutARole_SaysWhatIsMissing(params string[] roles)
    {
        using var browser = fixture.Open(new Account { Roles = roles });

        var (status, text) = await browser.GetAsync(await browser.ToCallbackAsync());

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("neither 'outback-viewer' nor 'outback-operator' in its claim 'roles'", text.Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
        await HasNoSessionAsync(browser);
    }

    public static TheoryData<string> Faults => ["nonce", "key", "expired", "audience", "issuer"];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task SignIn_WithAWrongIdToken_IsRefused(string fault)
    {
        using var browser = fixture.Open(fault switch
        {
            "nonce" => s_operator with { Nonce = "0123456789abcdef0123456789abcdef" },
            "key" => s_operator with { ForeignKey = true },
            "expired" => s_operator with { Lifetime = TimeSpan.FromMinutes(-6) },
            "audience" => s_operator with { Audience = "another-client" },
            _ => s_operator with { Issuer = "https://login.evil.example" },
        });

        var (status, text) = await browser.GetAsync(await browser.ToCallbackAsync());

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("sign-in failed", text, StringComparison.Ordinal);
        await HasNoSessionAsync(browser);
    }

    [Fact]
    public async Task SignIn_WithAStateOfNobody_IsRefused()
    {
        using var browser = fixture.Open(s_operator);
        var callback = await browser.ToCallbackAsync();

        var (wrong, _) = await browser.GetAsync(WithState(callback, "CfDJ8-made-up"));
        var (none, _) = await browser.GetAsync(new Uri(callback, "?code=x"));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (wrong, none));
        await HasNoSessionAsync(browser);
    }

    [Fact]
    public async Task SignIn_WithTheCallbackOfAnotherBrowser_IsRefused()
    {
        // Else one could sign a visitor in under an account of one's own.
        using var attacker = fixture.Open(s_operator);
        var callback = await attacker.ToCallbackAsync();
        using var visitor = fixture.Open(s_viewer);
        var own = await visitor.ToCallbackAsync();

        var (whole, _) = await visitor.GetAsync(callback);
        var (code, _) = await visitor.GetAsync(WithState(callback, HttpUtility.ParseQueryString(own.Query)["state"]!));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (whole, code));
        Assert.Contains("code_verifier", fixture.Provider.Faults);
        fixture.Provider.Faults.Clear();
        await HasNoSessionAsync(visitor);
    }

    [Fact]
    public async Task SignIn_WithACallbackUsedBefore_IsRefused()
    {
        using var browser = fixture.Open(s_viewer);
        var callback = await browser.ToCallbackAsync();
        await browser.RedirectAsync(callback);

        var (status, _) = await browser.GetAsync(callback);

        Assert.Equal(HttpStatusCode.Forbidden, status);
    }

    private static Uri WithState(Uri callback, string state)
    {
        var query = HttpUtility.ParseQueryString(callback.Query);
        query["state"] = state;
        return new UriBuilder(callback) { Query = query.ToString() }.Uri;
    }

    private static async Task<(HttpStatusCode Status, string Text)> AcknowledgeAsync(Browser browser, string csrf)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, OidcFixture.Acknowledge) { Headers = { { "X-CSRF", csrf } } };
        using var answer = await browser.Client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task HasNoSessionAsync(Browser browser)
    {
        Assert.False(browser.HasSession);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync(new Uri(fixture.Silo.Url, "/api/v1/me"))).Status);
    }
}
