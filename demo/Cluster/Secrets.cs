using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OutbackUptime.Demo.Cluster;

/// <summary>Credentials of the demo's hubs: made once, kept in the data folder for its owner alone.</summary>
internal sealed class Secrets
{
    private readonly string _path;
    private readonly Dictionary<string, string> _secrets;

    public Secrets(string path)
    {
        _path = path;
        _secrets = File.Exists(path) ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(path)) ?? [] : [];
    }

    /// <summary>A hub's secret, made if need be.</summary>
    public string Of(string station, string hub)
    {
        var key = $"{station}/{hub}";
        if (!_secrets.TryGetValue(key, out var secret))
        {
            _secrets[key] = secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        }

        return secret;
    }

    /// <summary>A sign-in token of the silos' console, made if need be: 256 bits.</summary>
    public string Token(string role)
    {
        var key = $"console/{role}";
        if (!_secrets.TryGetValue(key, out var token))
        {
            _secrets[key] = token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        }

        return token;
    }

    public void Save()
    {
        using var file = new FileStream(_path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        JsonSerializer.Serialize(file, _secrets);
    }

    /// <summary>The gateway's hubs.json: salted hashes only.</summary>
    public void WriteHubsFile(string path, string station, IEnumerable<string> hubs)
    {
        var entries = new JsonArray();
        foreach (var hub in hubs)
        {
            var salt = RandomNumberGenerator.GetBytes(16);
            byte[] salted = [.. salt, .. Encoding.UTF8.GetBytes(Of(station, hub))];
            entries.Add(new JsonObject { ["id"] = hub, ["salt"] = Convert.ToBase64String(salt), ["sha256"] = Convert.ToBase64String(SHA256.HashData(salted)) });
        }

        File.WriteAllText(path, new JsonObject { ["hubs"] = entries }.ToJsonString());
    }
}
