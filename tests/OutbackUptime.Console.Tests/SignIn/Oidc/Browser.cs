using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OutbackUptime.Console.Tests.SignIn.Oidc;

/// <summary>Goes through a sign-in as a browser does: cookies kept, redirects followed one at a time.</summary>
internal sealed partial class Browser(Uri silo) : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private HttpClient? _client;

    public HttpClient Client => _client ??= new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = _cookies })
    {
        BaseAddress = silo,
        DefaultRequestHeaders = { { "Accept", "text/html" } },
    };

    public bool HasSession => _cookies.GetAllCookies().Any(c => c.Name.StartsWith("outback-session", StringComparison.Ordinal));

    /// <summary>From a page to the provider and back: the address that the provider sends the browser to, not yet opened.</summary>
    public async Task<Uri> ToCallbackAsync(string page = "/")
    {
        using var signIn = await Client.GetAsync(await RedirectAsync(new Uri(silo, page)));
        var link = LinkToProvider().Match(await signIn.Content.ReadAsStringAsync());
        Assert.True(link.Success, "the sign-in page has no link to the provider");
        var provider = await RedirectAsync(new Uri(silo, WebUtility.HtmlDecode(link.Groups[1].Value)));
        return await RedirectAsync(provider);
    }

    /// <summary>Opens a page that must lead elsewhere.</summary>
    public async Task<Uri> RedirectAsync(Uri url)
    {
        using var answer = await Client.GetAsync(url);
        Assert.True(answer.StatusCode == HttpStatusCode.Found, $"{url}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return new Uri(url, answer.Headers.Location!);
    }

    /// <summary>Status and text of a page.</summary>
    public async Task<(HttpStatusCode Status, string Text)> GetAsync(Uri url)
    {
        using var answer = await Client.GetAsync(url);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>What the API says of the one signed in.</summary>
    public async Task<JsonElement> MeAsync()
    {
        var (status, text) = await GetAsync(new Uri(silo, "/api/v1/me"));
        Assert.True(status == HttpStatusCode.OK, $"{(int)status} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    public void Dispose() => _client?.Dispose();

    [GeneratedRegex("href=\"(/signin/oidc[^\"]*)\"")]
    private static partial Regex LinkToProvider();
}
