using System.Net;
using Microsoft.Extensions.Options;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.Console.Tests.SignIn.Oidc;

/// <summary>What a silo makes of its identity provider's settings.</summary>
public sealed class OidcSettingsTests
{
    [Theory]
    [InlineData("http://login.example.com", "true", "AllowHttp")]
    [InlineData("https://login.example.com", "true", "AllowHttp")]
    [InlineData("http://127.0.0.1:1", "false", "https")]
    [InlineData("login.example.com", "false", "https")]
    public async Task Start_WithAProviderByPlainHttp_FailsUnlessItIsOnThisMachine(string authority, string allowHttp, string says)
    {
        var settings = OidcFixture.Settings(authority);
        settings["SignIn:Oidc:AllowHttp"] = allowHttp;

        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => SiloDoor.OpenAsync(settings));

        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
        Assert.Contains(authority, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_WhenTheProviderDoesNotAnswer_SaysSo()
    {
        var authority = $"http://127.0.0.1:{FreePort.Next()}";
        await using var silo = await SiloDoor.OpenAsync(OidcFixture.Settings(authority));
        using var browser = new Browser(silo.Url);

        var (status, text) = await browser.GetAsync(new Uri(silo.Url, "/signin/oidc"));

        Assert.Equal(HttpStatusCode.BadGateway, status);
        Assert.Contains(authority, text, StringComparison.Ordinal);
    }
}
