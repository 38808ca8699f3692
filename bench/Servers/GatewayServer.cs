using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using OutbackUptime.Bench.Load;

namespace OutbackUptime.Bench.Servers;

/// <summary>Starts a gateway with hubs, in a folder of its own.</summary>
internal static class GatewayServer
{
    private const string Station = "bench";
    private const string Secret = "0f8fad5bd9cb469fa16570867728950e";

    /// <summary>Where its hubs publish.</summary>
    public static LoadTarget Target(int port, bool tls) => new(port, tls, Station, Secret);

    /// <summary>Starts it; what <paramref name="settings"/> says goes before the rest.</summary>
    /// <param name="program">Which build.</param>
    /// <param name="folder">For journal, certificate and hubs file.</param>
    /// <param name="hubs">How many may connect.</param>
    /// <param name="target">From <see cref="Target"/>.</param>
    /// <param name="regionPort">Where both regions answer; a port that nobody listens on: the link is down.</param>
    /// <param name="settings">Environment variables; an empty one takes away what stands here.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static Task<ServerProcess> StartAsync(GatewayProgram program, string folder, int hubs, LoadTarget target, int regionPort, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        WriteHubs(Path.Combine(folder, "hubs.json"), hubs);
        var environment = new Dictionary<string, string>
        {
            ["Gateway__Station"] = Station,
            ["Gateway__HomeRegion"] = "syd",
            ["Gateway__DataDirectory"] = folder,
            ["Mqtt__Address"] = "127.0.0.1",
            ["Mqtt__Port"] = $"{target.Port}",
            ["Mqtt__Plaintext"] = $"{!target.Tls}",
            ["Mqtt__HubsFile"] = Path.Combine(folder, "hubs.json"),
            ["Uplink__Regions__syd__Endpoints__0"] = $"http://127.0.0.1:{regionPort}",
            ["Uplink__Regions__mel__Endpoints__0"] = $"http://127.0.0.1:{regionPort}",
            ["Admin__Port"] = $"{FreePort.Next()}",
            ["DOTNET_EnableDiagnostics"] = "0",
            // All of the load comes from one address, and all at once.
            ["Mqtt__Guard__MaxConnections"] = "8192",
            ["Mqtt__Guard__MaxConnectionsPerAddress"] = "8192",
            ["Mqtt__Guard__MaxPending"] = "8192",
            ["Mqtt__Guard__MaxPendingPerAddress"] = "8192",
        };
        if (target.Tls)
        {
            (environment["Mqtt__CertificatePath"], environment["Mqtt__KeyPath"]) = WriteCertificate(folder);
        }

        foreach (var (name, value) in settings)
        {
            environment[name] = value;
            if (value.Length == 0)
            {
                environment.Remove(name);
            }
        }

        return ServerProcess.StartAsync(program.Path, [], environment, "may connect", cancellationToken);
    }

    private static void WriteHubs(string path, int count)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        byte[] salted = [.. salt, .. Encoding.UTF8.GetBytes(Secret)];
        var (saltText, hash) = (Convert.ToBase64String(salt), Convert.ToBase64String(SHA256.HashData(salted)));
        File.WriteAllText(path, JsonSerializer.Serialize(new { hubs = Enumerable.Range(0, count).Select(i => new { id = LoadTarget.Hub(i), salt = saltText, sha256 = hash }) }));
    }

    private static (string Certificate, string Key) WriteCertificate(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=bench", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));
        var (path, keyPath) = (Path.Combine(folder, "mqtt.pem"), Path.Combine(folder, "mqtt.key"));
        File.WriteAllText(path, certificate.ExportCertificatePem());
        File.WriteAllText(keyPath, key.ExportPkcs8PrivateKeyPem());
        return (path, keyPath);
    }
}
