namespace OutbackUptime.Console.Tests.SignIn.Oidc;

/// <summary>Who signs in at the provider next, and what is wrong with the token that it issues then.</summary>
internal sealed record Account
{
    public string Email { get; init; } = "kim@station.example";

    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Instead of the nonce that was asked for.</summary>
    public string? Nonce { get; init; }

    /// <summary>Instead of the client.</summary>
    public string? Audience { get; init; }

    /// <summary>Instead of the provider.</summary>
    public string? Issuer { get; init; }

    /// <summary>Signed by a key that the provider does not publish, under the id of the one that it does.</summary>
    public bool ForeignKey { get; init; }

    /// <summary>From now; negative: over. The silo allows clocks to be five minutes apart.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(10);
}
