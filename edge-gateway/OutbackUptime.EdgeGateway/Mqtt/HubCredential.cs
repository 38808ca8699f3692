namespace OutbackUptime.EdgeGateway.Mqtt;

/// <summary>A credential as kept.</summary>
/// <param name="Id">Whose it is.</param>
/// <param name="Salt">Random; also tells this credential from an earlier one of the same id.</param>
/// <param name="Sha256">SHA-256 of salt and secret; null when no password is taken.</param>
/// <param name="Role">"watcher" for one who only reads; null for a hub.</param>
/// <param name="Certificate">SHA-256 (hex) of the one client certificate taken, "any" for any of the CA with the id as common name; null when none is.</param>
internal sealed record HubCredential(string Id, string Salt, string? Sha256, string? Role = null, string? Certificate = null)
{
    /// <summary>The value of <see cref="Role"/> of a watcher.</summary>
    public const string Watcher = "watcher";

    /// <summary>The value of <see cref="Certificate"/> that takes any of the CA's for the id.</summary>
    public const string AnyCertificate = "any";
}
