using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using OutbackUptime.Domain.Access;
using OutbackUptime.Domain.Stations;

namespace OutbackUptime.EdgeGateway.Mqtt;

/// <summary>
/// Who may connect. Secrets are machine-made tokens of at least 128 random bits, so a salted SHA-256 keeps them as well as a slow
/// hash would, and a few hundred hubs that reconnect at once don't choke a small computer (docs/decisions/0008).
/// </summary>
internal sealed class HubCredentials
{
    private readonly FrozenDictionary<string, Credential> _known;

    private HubCredentials(IEnumerable<KeyValuePair<string, Credential>> known) => _known = known.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>How many hubs and watchers there are.</summary>
    public int Count => _known.Count;

    /// <summary>The hubs' ids.</summary>
    public IEnumerable<string> Hubs => _known.Where(k => k.Value.Role == VisitorRole.Hub).Select(k => k.Key);

    /// <summary>Reads hubs.json. Throws <see cref="InvalidDataException"/> that says what is wrong with it.</summary>
    public static HubCredentials Load(string path)
    {
        HubsDocument? document;
        try
        {
            document = JsonSerializer.Deserialize(File.ReadAllBytes(path), HubsJsonContext.Default.HubsDocument);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{path}: {e.Message} Expected {{\"hubs\":[{{\"id\":\"bore-01\",\"salt\":\"…\",\"sha256\":\"…\"}}]}}.", e);
        }

        var known = new Dictionary<string, Credential>(StringComparer.Ordinal);
        foreach (var entry in document?.Hubs ?? throw new InvalidDataException($"{path}: it has no \"hubs\"."))
        {
            if (!EntityName.IsValid(entry.Id))
            {
                throw new InvalidDataException($"{path}: '{entry.Id}' is no hub's id; expected {EntityName.Rule}.");
            }

            if (ReservedHubs.Contains(entry.Id))
            {
                throw new InvalidDataException($"{path}: {ReservedHubs.Rule}.");
            }

            if (!known.TryAdd(entry.Id, Check(entry, path)))
            {
                throw new InvalidDataException($"{path}: hub '{entry.Id}' stands twice.");
            }
        }

        return new HubCredentials(known);
    }

    /// <summary>What tells a credential from an earlier one of the same id; null when there is none (any more).</summary>
    public byte[]? MarkOf(string? id) => _known.TryGetValue(id ?? "", out var credential) ? credential.Salt : null;

    /// <summary>What an id is here for.</summary>
    public VisitorRole RoleOf(string id) => _known[id].Role;

    /// <summary>Whether the secret is that of the id. Takes as long for unknown ids as for wrong secrets.</summary>
    public bool IsValid(string? id, string? secret)
    {
        var known = _known.TryGetValue(id ?? "", out var credential) && credential.Hash is not null;
        var (salt, hash) = known ? (credential!.Salt, credential.Hash!) : (new byte[16], new byte[SHA256.HashSizeInBytes]);
        byte[] salted = [.. salt, .. Encoding.UTF8.GetBytes(secret ?? "")];
        return CryptographicOperations.FixedTimeEquals(SHA256.HashData(salted), hash) && known;
    }

    /// <summary>Whether the certificate, of the hubs' CA and for this id, is one that is taken.</summary>
    public bool IsValid(string? id, X509Certificate2 certificate) =>
        _known.TryGetValue(id ?? "", out var credential)
        && (credential.Certificate == HubCredential.AnyCertificate || string.Equals(credential.Certificate, certificate.GetCertHashString(HashAlgorithmName.SHA256), StringComparison.OrdinalIgnoreCase));

    private static Credential Check(HubCredential entry, string path)
    {
        var (salt, hash) = (Decode(entry.Salt), entry.Sha256 is null ? null : Decode(entry.Sha256));
        if (salt.Length < 8 || (hash is not null && hash.Length != SHA256.HashSizeInBytes) || (hash is null && entry.Certificate is null))
        {
            throw new InvalidDataException($"{path}: hub '{entry.Id}': expected a salt of 8 bytes or more and a sha256 of 32, both in base64 (a sha256 may be missing where there is a certificate).");
        }

        return entry.Role is null or HubCredential.Watcher
            ? new Credential(entry.Role is null ? VisitorRole.Hub : VisitorRole.Watcher, salt, hash, entry.Certificate)
            : throw new InvalidDataException($"{path}: '{entry.Id}': the role '{entry.Role}' is not known; expected none (a hub) or '{HubCredential.Watcher}'.");
    }

    private static byte[] Decode(string? base64)
    {
        var bytes = new byte[(base64?.Length ?? 0) + 3];
        return Convert.TryFromBase64String(base64 ?? "", bytes, out var length) ? bytes[..length] : [];
    }

    private sealed record Credential(VisitorRole Role, byte[] Salt, byte[]? Hash, string? Certificate);
}
