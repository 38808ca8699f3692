namespace OutbackUptime.Console.Tests.SignIn.Oidc;

/// <summary>Tests that share a silo and its identity provider.</summary>
// Alone: a running demo beside it could take a port that its parts are yet to listen on.
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OidcCollection : ICollectionFixture<OidcFixture>
{
    public const string Name = "oidc";
}
