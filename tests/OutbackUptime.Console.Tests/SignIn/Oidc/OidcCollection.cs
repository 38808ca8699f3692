namespace OutbackUptime.Console.Tests.SignIn.Oidc;

/// <summary>Tests that share a silo and its identity provider.</summary>
[CollectionDefinition(Name)]
public sealed class OidcCollection : ICollectionFixture<OidcFixture>
{
    public const string Name = "oidc";
}
