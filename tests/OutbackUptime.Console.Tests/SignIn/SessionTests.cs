using System.Net;
using System.Text.Json;
using OutbackUptime.Console.Tests.Hosting;
using OutbackUptime.Silo.Tests.Hosting;

namespace OutbackUptime.Console.Tests.SignIn;

[Collection(ConsoleCollection.Name)]
public sealed class SessionTests(ConsoleFixture fixture)
{
    [Fact]
    public async Task SignIn_WithTheToken_GivesAStrictHttpOnlyCookieThatWorks()
    {
        using var browser = fixture.Client(cookies: true);

        using var answer = await SignInAsync(browser, SiloProcess.ViewerToken, "/#alerts");

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal("/#alerts", answer.Headers.Location?.OriginalString);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), c => c.StartsWith("outback-session=", StringComparison.Ordinal)).ToLowerInvariant();
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain(SiloProcess.ViewerToken, cookie, StringComparison.Ordinal);
        var me = await MeAsync(browser);
        Assert.Equal("viewer", me.GetProperty("role").GetString());
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example/")]
    public async Task SignIn_WithAForeignReturnUrl_StaysHere(string returnUrl)
    {
        using var browser = fixture.Client(cookies: true);

        using var answer = await SignInAsync(browser, SiloProcess.ViewerToken, returnUrl);

        Assert.Equal("/", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task SignIn_FromAnotherSite_IsRefused()
    {
        using var browser = fixture.Client(cookies: true);
        using var request = Form(SiloProcess.ViewerToken, "/");
        request.Headers.Add("Origin", "https://evil.example");

        using var answer = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task AChange_OfASessionWithoutTheCsrfToken_IsRefused()
    {
        using var browser = fixture.Client(cookies: true);
        (await SignInAsync(browser, SiloProcess.OperatorToken, "/")).Dispose();
        var csrf = (await MeAsync(browser)).GetProperty("csrf").GetString()!;
        var path = $"/api/v1/stations/{ConsoleFixture.Station}/alerts/none/acknowledge";

        using var without = await browser.PostAsync(path, null);
        using var wrong = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Headers = { { "X-CSRF", csrf[..^4] + "AAAA" } } });
        using var foreign = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Headers = { { "X-CSRF", csrf }, { "Origin", "https://evil.example" } } });
        using var right = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Headers = { { "X-CSRF", csrf } } });

        Assert.Equal(HttpStatusCode.Forbidden, without.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, right.StatusCode);
    }

    [Fact]
    public async Task SignOut_EndsTheSession()
    {
        using var browser = fixture.Client(cookies: true);
        (await SignInAsync(browser, SiloProcess.ViewerToken, "/")).Dispose();
        var csrf = (await MeAsync(browser)).GetProperty("csrf").GetString()!;

        using var answer = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/signout") { Headers = { { "X-CSRF", csrf } } });
        using var after = await browser.GetAsync("/api/v1/me");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
    }

    [Theory]
    [InlineData("POST", "stations/kidman-springs/alerts/x/acknowledge")]
    [InlineData("POST", "stations/old-place/deletions")]
    [InlineData("POST", "stations/old-place/deletions/confirm")]
    [InlineData("GET", "stations/kidman-springs/export")]
    [InlineData("POST", "stations/kidman-springs/quarantine/00000000-0000-0000-0000-000000000000/1/replay")]
    public async Task AViewer_MayChangeAndTakeAwayNothing(string method, string path)
    {
        using var viewer = fixture.Client(SiloProcess.ViewerToken);

        using var answer = await viewer.SendAsync(new HttpRequestMessage(new HttpMethod(method), $"/api/v1/{path}"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("operator", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_TellBrowsersToRunNothingElse()
    {
        using var page = await fixture.Operator.GetAsync("/");

        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(page.Headers.GetValues("X-Content-Type-Options")));
        var html = await page.Content.ReadAsStringAsync();
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
    }

    internal static async Task<HttpResponseMessage> SignInAsync(HttpClient browser, string token, string returnUrl)
    {
        using var form = Form(token, returnUrl);
        return await browser.SendAsync(form);
    }

    private static HttpRequestMessage Form(string token, string returnUrl) => new(HttpMethod.Post, "/signin")
    {
        Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["token"] = token, ["returnUrl"] = returnUrl }),
    };

    private static async Task<JsonElement> MeAsync(HttpClient browser)
    {
        using var answer = await browser.GetAsync("/api/v1/me");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }
}
