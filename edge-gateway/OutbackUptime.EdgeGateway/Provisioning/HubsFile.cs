using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OutbackUptime.Domain.Access;
using OutbackUptime.EdgeGateway.Mqtt;

namespace OutbackUptime.EdgeGateway.Provisioning;

/// <summary>Changes hubs.json: whole or not at all, one change at a time, readable by its owner only.</summary>
internal sealed class HubsFile(string path)
{
    private const int SecretBytes = 16;
    private const int SaltBytes = 16;

    /// <summary>The credentials in order of their ids; none when there is no file yet. Throws <see cref="InvalidDataException"/>.</summary>
    public IReadOnlyList<HubCredential> List() => [.. Read().OrderBy(h => h.Id, StringComparer.Ordinal)];

    /// <summary>Makes a password for a hub or watcher; returns it, it is kept nowhere. Throws <see cref="InvalidDataException"/> when the id is taken or no id.</summary>
    public string Add(string id, bool watcher = false)
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        Add(id, watcher, salt => (Convert.ToBase64String(SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(secret)])), null));
        return secret;
    }

    /// <summary>Takes a hub or watcher by the certificate that <paramref name="make"/> returns (<see cref="HubCredential.Certificate"/>), made once all else is checked.</summary>
    public void AddCertificate(string id, bool watcher, Func<string> make) => Add(id, watcher, _ => (null, make()));

    /// <summary>Takes a hub's credential away. Throws <see cref="InvalidDataException"/> when there is no such hub.</summary>
    public void Revoke(string id)
    {
        using var mine = Lock();
        var hubs = Read();
        Write(hubs.Any(h => h.Id == id) ? [.. hubs.Where(h => h.Id != id)] : throw new InvalidDataException($"There is no hub '{id}' in {path}."));
    }

    private void Add(string id, bool watcher, Func<byte[], (string? Sha256, string? Certificate)> make)
    {
        if (TopicRules.WhyNoId(id) is { } why)
        {
            throw new InvalidDataException($"'{id}' is no hub's id; {why}.");
        }

        using var mine = Lock();
        var hubs = Read();
        if (hubs.Any(h => h.Id == id))
        {
            throw new InvalidDataException($"The hub '{id}' is there already. For a new credential revoke it first; its packets stay its own.");
        }

        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var (sha256, certificate) = make(salt);
        Write([.. hubs, new HubCredential(id, Convert.ToBase64String(salt), sha256, watcher ? HubCredential.Watcher : null, certificate)]);
    }

    private IReadOnlyList<HubCredential> Read()
    {
        if (!File.Exists(path))
        {
            return [];
        }

        // Nothing is built on a file that a gateway would not take.
        HubCredentials.Load(path);
        return JsonSerializer.Deserialize(File.ReadAllBytes(path), HubsJsonContext.Default.HubsDocument)!.Hubs;
    }

    private FileStream Lock()
    {
        try
        {
            return new FileStream(path + ".lock", Options(FileMode.OpenOrCreate));
        }
        catch (IOException e)
        {
            throw new InvalidDataException($"{path} can't be changed now: {e.Message}", e);
        }
    }

    private void Write(IReadOnlyList<HubCredential> hubs)
    {
        var next = path + ".new";
        using (var stream = new FileStream(next, Options(FileMode.Create)))
        {
            JsonSerializer.Serialize(stream, new HubsDocument(hubs), HubsJsonContext.Default.HubsDocument);
            stream.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }

    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
