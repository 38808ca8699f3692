using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OutbackUptime.Domain.Stations;

namespace OutbackUptime.EdgeGateway.Mqtt;

/// <summary>
/// Who may connect. Secrets are machine-made tokens of at least 128 random bits, so a salted SHA-256 keeps them as well as a slow
/// hash would, and a few hundred hubs that reconnect at once don't choke a small computer (docs/decisions/0008).
/// </summary>
internal sealed class HubCredentials
{
    private readonly FrozenDictionary<string, (byte[] Salt, byte[] Hash)> _hubs;

    private HubCredentials(IEnumerable<KeyValuePair<string, (byte[] Salt, byte[] Hash)>> hubs) => _hubs = hubs.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>How many hubs there are.</summary>
    public int Count => _hubs.Count;

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

        var hubs = new Dictionary<string, (byte[], byte[])>(StringComparer.Ordinal);
        foreach (var hub in document?.Hubs ?? throw new InvalidDataException($"{path}: it has no \"hubs\"."))
        {
            if (!EntityName.IsValid(hub.Id))
            {
                throw new InvalidDataException($"{path}: '{hub.Id}' is no hub's id; expected {EntityName.Rule}.");
            }

            if (ReservedHubs.Contains(hub.Id))
            {
                throw new InvalidDataException($"{path}: {ReservedHubs.Rule}.");
            }

            var (salt, hash) = (Decode(hub.Salt), Decode(hub.Sha256));
            if (salt.Length < 8 || hash.Length != SHA256.HashSizeInBytes)
            {
                throw new InvalidDataException($"{path}: hub '{hub.Id}': expected a salt of 8 bytes or more and a sha256 of 32, both in base64.");
            }

            if (!hubs.TryAdd(hub.Id, (salt, hash)))
            {
                throw new InvalidDataException($"{path}: hub '{hub.Id}' stands twice.");
            }
        }

        return new HubCredentials(hubs);
    }

    /// <summary>What tells a hub's credential from an earlier one of the same hub; null when there is none (any more).</summary>
    public byte[]? MarkOf(string? hub) => _hubs.TryGetValue(hub ?? "", out var credential) ? credential.Salt : null;

    /// <summary>Whether the secret is the hub's. Takes as long for unknown hubs as for wrong secrets.</summary>
    public bool IsValid(string? hub, string? secret)
    {
        var known = _hubs.TryGetValue(hub ?? "", out var credential);
        var (salt, hash) = known ? credential : (new byte[16], new byte[SHA256.HashSizeInBytes]);
        byte[] salted = [.. salt, .. Encoding.UTF8.GetBytes(secret ?? "")];
        return CryptographicOperations.FixedTimeEquals(SHA256.HashData(salted), hash) && known;
    }

    private static byte[] Decode(string? base64)
    {
        var bytes = new byte[(base64?.Length ?? 0) + 3];
        return Convert.TryFromBase64String(base64 ?? "", bytes, out var length) ? bytes[..length] : [];
    }
}
