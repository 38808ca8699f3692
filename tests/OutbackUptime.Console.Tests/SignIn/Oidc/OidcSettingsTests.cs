using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OutbackUptime.Silo.SignIn;
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
    public void Start_WithAProviderByPlainHttp_FailsUnlessItIsOnThisMachine(string authority, string allowHttp, string says)
    {
        var settings = OidcFixture.Settings(authority);
        settings["SignIn:Oidc:AllowHttp"] = allowHttp;

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build();
        using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddSignIn(configuration).BuildServiceProvider();

        // What a host runs first.
        var fault = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);

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
