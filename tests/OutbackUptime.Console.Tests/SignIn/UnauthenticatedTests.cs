using System.Net;
using OutbackUptime.Console.Tests.Hosting;

namespace OutbackUptime.Console.Tests.SignIn;

[Collection(ConsoleCollection.Name)]
public sealed class UnauthenticatedTests(ConsoleFixture fixture)
{
    // Health, and the way to sign in itself.
    private static readonly HashSet<string> s_open = ["/healthz/live", "/healthz/ready", "/signin", "/signin.css", "/signin/oidc", "/signin/done"];

    [Fact]
    public async Task EveryMappedEndpoint_WithoutSignIn_Is401()
    {
        using var nobody = fixture.Client();
        var endpoints = MappedEndpoints.All().Where(e => !s_open.Contains(e.Path)).ToList();
        List<string> wrong = [];
        foreach (var (method, path) in endpoints)
        {
            using var answer = await nobody.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
            if (answer.StatusCode != HttpStatusCode.Unauthorized)
            {
                wrong.Add($"{method} {path}: {(int)answer.StatusCode}");
            }
        }

        Assert.True(endpoints.Count > 30, string.Join('\n', endpoints));
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("/status")]
    [InlineData("/metrics")]
    [InlineData("/dashboard/")]
    [InlineData("/live/kidman-springs")]
    [InlineData("/api/v1/live")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/")]
    [InlineData("/console/app.js")]
    [InlineData("/nothing-is-here")]
    [InlineData("/api/v1/nothing-is-here")]
    public async Task APath_WithoutSignIn_Is401AsAProblem(string path)
    {
        using var nobody = fixture.Client();

        using var answer = await nobody.GetAsync(path);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("/healthz/live")]
    [InlineData("/healthz/ready")]
    public async Task Health_NeedsNoSignIn(string path)
    {
        using var nobody = fixture.Client();

        using var answer = await nobody.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task APage_WithoutSignIn_SendsBrowsersToTheSignIn()
    {
        using var nobody = fixture.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/?x=1") { Headers = { { "Accept", "text/html" } } };

        using var answer = await nobody.SendAsync(request);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal("/signin?returnUrl=%2F%3Fx%3D1", answer.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("not-the-token-but-long-enough-to-be-one")]
    [InlineData("viewer-token-of-the-tests-0123456789ab")]
    [InlineData("a.b.c")]
    public async Task AWrongToken_Is401(string token)
    {
        using var guesser = fixture.Client(token);

        using var answer = await guesser.GetAsync("/api/v1/overview");

        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests });
        // The right one starts the address anew, for the tests that follow.
        await Testing.Eventually.TrueAsync(async () => (await fixture.Operator.GetAsync("/api/v1/me")).IsSuccessStatusCode, TimeSpan.FromSeconds(70));
    }
}
