namespace OutbackUptime.Console.Tests.SignIn.Oidc;

/// <summary>A silo and its identity provider.</summary>
public sealed class OidcFixture : IAsyncLifetime
{
    /// <summary>Operators only. No station can have this name, so that an operator learns just that (400): behind this door is no cluster.</summary>
    internal const string Acknowledge = "/api/v1/stations/NO_NAME/alerts/none/acknowledge";

    internal IdentityProvider Provider { get; private set; } = null!;

    internal SiloDoor Silo { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Provider = await IdentityProvider.StartAsync();
        Silo = await SiloDoor.OpenAsync(Settings(Provider.Issuer));
        Provider.RedirectUri = Silo.Callback;
    }

    public async Task DisposeAsync()
    {
        await Silo.DisposeAsync();
        await Provider.DisposeAsync();
    }

    internal static Dictionary<string, string> Settings(string authority) => new()
    {
        ["SignIn:Oidc:Authority"] = authority,
        ["SignIn:Oidc:AllowHttp"] = "true",
        ["SignIn:Oidc:ClientId"] = IdentityProvider.ClientId,
        ["SignIn:Oidc:ClientSecret"] = IdentityProvider.ClientSecret,
    };

    internal Browser Open(Account account)
    {
        Provider.Account = account;
        return new Browser(Silo.Url);
    }
}
