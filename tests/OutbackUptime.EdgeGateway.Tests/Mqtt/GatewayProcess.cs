using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OutbackUptime.Testing;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.EdgeGateway.Tests.Mqtt;

/// <summary>A real gateway process with TLS, two hubs and a watcher with one secret, and no region to be reached unless the test names one.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    public const string Hub = "bore-01";
    public const string OtherHub = "trough-07";
    public const string Watcher = "office";
    public const string Secret = "0f8fad5bd9cb469fa16570867728950e";
    private readonly TempFolder _folder = new();
    private readonly HttpClient _http = new();
    private readonly Dictionary<string, string> _environment;
    private ChildProcess? _process;

    public GatewayProcess(params (string Name, string Value)[] settings)
    {
        Certificates = new TestCertificates(_folder.FullPath);
        (CaPath, CaKeyPath) = (Certificates.CaPath, Certificates.CaKeyPath);
        var (certificate, key) = Certificates.Make("mqtt", "spiffe://outback-uptime/station/napperby");
        var salt = RandomNumberGenerator.GetBytes(16);
        byte[] salted = [.. salt, .. Encoding.UTF8.GetBytes(Secret)];
        File.WriteAllText(_folder.File("hubs.json"), JsonSerializer.Serialize(
            new { hubs = new[] { Hub, OtherHub, Watcher }.Select(id => new { id, salt = Convert.ToBase64String(salt), sha256 = Convert.ToBase64String(SHA256.HashData(salted)), role = id == Watcher ? "watcher" : null }) }));
        _environment = new()
        {
            ["Gateway__Station"] = "napperby",
            ["Gateway__HomeRegion"] = "syd",
            ["Gateway__DataDirectory"] = _folder.FullPath,
            ["Mqtt__Address"] = "127.0.0.1",
            ["Mqtt__Port"] = $"{Port}",
            ["Mqtt__PlaintextPort"] = $"{PlaintextPort}",
            ["Mqtt__CertificatePath"] = certificate,
            ["Mqtt__KeyPath"] = key,
            ["Mqtt__HubsFile"] = _folder.File("hubs.json"),
            ["Uplink__Regions__syd__Endpoints__0"] = $"http://127.0.0.1:{FreePort.Next()}",
            ["Uplink__Regions__mel__Endpoints__0"] = $"http://127.0.0.1:{FreePort.Next()}",
            ["Admin__Port"] = $"{AdminPort}",
        };
        foreach (var (name, value) in settings)
        {
            _environment[name] = value;
        }
    }

    public TestCertificates Certificates { get; }

    public string CaPath { get; }

    public string CaKeyPath { get; }

    public string Folder => _folder.FullPath;

    public int ProcessId => _process!.Id;

    public int Port { get; } = FreePort.Next();

    public int PlaintextPort { get; } = FreePort.Next();

    public int AdminPort { get; } = FreePort.Next();

    public string JournalPath => _folder.File("journal.db");

    public IReadOnlyDictionary<string, string> Environment => _environment;

    /// <summary>Changes a setting, before the next start.</summary>
    public void Set(string name, string value) => _environment[name] = value;

    public async Task StartAsync()
    {
        _process = ChildProcess.StartProject("OutbackUptime.EdgeGateway", [], _environment);
        await _process.WaitForLineAsync(l => l.Contains("may connect", StringComparison.Ordinal), TimeSpan.FromSeconds(60));
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                return (await _http.GetAsync($"http://127.0.0.1:{AdminPort}/healthz/ready")).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
    }

    /// <summary>The most memory that the process has ever held, in MiB (VmHWM).</summary>
    public long PeakMiB() => long.Parse(File.ReadLines($"/proc/{ProcessId}/status").First(l => l.StartsWith("VmHWM", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / 1024;

    /// <summary>Lines of log that say so.</summary>
    public int Lines(string part) => _process!.Output.Split('\n').Count(l => l.Contains(part, StringComparison.Ordinal));

    /// <summary>Runs `hubs …` on this gateway's file; returns what it printed.</summary>
    public async Task<string> HubsAsync(params string[] arguments)
    {
        await using var command = ChildProcess.StartProject("OutbackUptime.EdgeGateway", ["hubs", .. arguments], _environment);
        var exit = await command.WaitForExitAsync(TimeSpan.FromSeconds(30));
        Assert.True(exit == 0, command.Output);
        return command.Output;
    }

    public Task WaitForLineAsync(string part) => _process!.WaitForLineAsync(l => l.Contains(part, StringComparison.Ordinal), TimeSpan.FromSeconds(30));

    public Task KillAsync() => _process!.KillAsync();

    public Task<int> StopAsync() => _process!.StopAsync();

    public async Task<JsonElement> StatusAsync() => JsonDocument.Parse(await _http.GetStringAsync($"http://127.0.0.1:{AdminPort}/status")).RootElement;

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _http.Dispose();
        _folder.Dispose();
    }
}
