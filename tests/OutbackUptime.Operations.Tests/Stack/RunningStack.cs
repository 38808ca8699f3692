using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using MQTTnet;
using MQTTnet.Protocol;
using OutbackUptime.EdgeGateway;
using OutbackUptime.Silo.Hosting;
using OutbackUptime.Testing;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.Operations.Tests.Stack;

/// <summary>
/// A silo and a gateway, whole, in this process, so that their spans can be listened to; stores and membership as processes. Every
/// publish is traced.
/// </summary>
public sealed class RunningStack : IAsyncLifetime
{
    public const string Station = "napperby";
    public const string Hub = "bore-01";
    private const string Secret = "0f8fad5bd9cb469fa16570867728950e";
    private readonly TempFolder _folder = new();
    private readonly HttpClient _http = new();
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly int _plaintextPort = FreePort.Next();
    private ClickHouseServer _engine = null!;
    private AzuriteServer _azurite = null!;
    private WebApplication _silo = null!;
    private IHost _gateway = null!;
    private ActivityListener _listener = null!;
    private long _seq;

    public int SiloAdminPort { get; } = FreePort.Next();

    public int GatewayAdminPort { get; } = FreePort.Next();

    public int StorePort => _engine.Port;

    /// <summary>Spans that have ended.</summary>
    public IReadOnlyCollection<Activity> Spans => _spans;

    public string Folder => _folder.FullPath;

    public async Task InitializeAsync()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name.StartsWith("OutbackUptime.", StringComparison.Ordinal) || s.Name.StartsWith("Microsoft.Orleans", StringComparison.Ordinal),
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
        _engine = await ClickHouseServer.StartAsync();
        _azurite = await AzuriteServer.StartAsync();
        var certificates = new TestCertificates(_folder.FullPath);
        var uplinkPort = FreePort.Next();
        await StartSiloAsync(certificates, uplinkPort);
        await StartGatewayAsync(certificates, uplinkPort);
    }

    public async Task DisposeAsync()
    {
        await _gateway.StopAsync();
        _gateway.Dispose();
        await _silo.StopAsync();
        await _silo.DisposeAsync();
        await _azurite.DisposeAsync();
        await _engine.DisposeAsync();
        _listener.Dispose();
        _http.Dispose();
        _folder.Dispose();
    }

    /// <summary>Asks the engine that has both regions' databases.</summary>
    public Task<string> QueryAsync(string sql, string? database = null) => _engine.QueryAsync(sql, database);

    public Task<string> SiloMetricsAsync() => _http.GetStringAsync($"http://127.0.0.1:{SiloAdminPort}/metrics");

    public Task<string> GatewayMetricsAsync() => _http.GetStringAsync($"http://127.0.0.1:{GatewayAdminPort}/metrics");

    /// <summary>Publishes good packets and a bad one, each answered by PUBACK; returns when the stores have them.</summary>
    public async Task PublishAsync()
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(new MqttClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", _plaintextPort).WithClientId(Hub).WithCredentials(Hub, Encoding.UTF8.GetBytes(Secret)).WithTimeout(TimeSpan.FromSeconds(30)).Build());
        var bodies = Enumerable.Range(0, 5).Select(_ => $$"""{"seq":{{++_seq}},"boot":1,"metrics":{"tank_level_pct":71.5} }""").Append("no packet");
        foreach (var body in bodies)
        {
            await client.PublishAsync(new MqttApplicationMessageBuilder()
                .WithTopic($"stations/{Station}/hubs/{Hub}/packets").WithPayload(body).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build());
        }

        foreach (var region in new[] { "syd", "mel" })
        {
            await Eventually.TrueAsync(async () => await _engine.QueryAsync($"SELECT count() FROM {region}.packets WHERE station = '{Station}' AND hub = '{Hub}'") == $"{_seq}", TimeSpan.FromSeconds(60));
        }
    }

    private async Task StartSiloAsync(TestCertificates certificates, int uplinkPort)
    {
        var registry = _folder.File("stations.json");
        await File.WriteAllTextAsync(registry, JsonSerializer.Serialize(new
        {
            regions = new[] { "syd", "mel" },
            stations = new[] { new { id = Station, name = Station, latitude = -25.0, longitude = 134.0, homeRegion = "syd", hubs = new[] { new { id = Hub, intervalSeconds = 30 } } } },
        }));
        var (certificate, key) = certificates.Make("silo", "spiffe://outback-uptime/region/syd");
        var silo = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = _folder.FullPath,
            Args =
            [
                "--Silo:Region=syd", "--Silo:Name=syd-1", "--Silo:ClusterId=operations", $"--Silo:SiloPort={FreePort.Next()}", $"--Membership:ConnectionString={_azurite.ConnectionString}",
                $"--Registry:Path={registry}", "--Uplink:Address=127.0.0.1", $"--Uplink:Port={uplinkPort}", $"--Uplink:CertificatePath={certificate}", $"--Uplink:KeyPath={key}",
                $"--Uplink:CaPath={certificates.CaPath}", $"--Admin:Port={SiloAdminPort}", "--SignIn:LocalMetrics=true", "--Logging:LogLevel:Default=Error",
                $"--Stores:Regions:syd:ConnectionString=Host=127.0.0.1;Port={_engine.Port};Database=syd", $"--Stores:Regions:mel:ConnectionString=Host=127.0.0.1;Port={_engine.Port};Database=mel",
            ],
        });
        _silo = SiloHost.Build(silo);
        await _silo.StartAsync();
        await Eventually.TrueAsync(async () => (await _http.GetAsync($"http://127.0.0.1:{SiloAdminPort}/healthz/ready")).IsSuccessStatusCode, TimeSpan.FromSeconds(120));
    }

    private async Task StartGatewayAsync(TestCertificates certificates, int uplinkPort)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        byte[] salted = [.. salt, .. Encoding.UTF8.GetBytes(Secret)];
        var hubs = _folder.File("hubs.json");
        await File.WriteAllTextAsync(hubs, JsonSerializer.Serialize(new { hubs = new[] { new { id = Hub, salt = Convert.ToBase64String(salt), sha256 = Convert.ToBase64String(SHA256.HashData(salted)) } } }));
        var (server, serverKey) = certificates.Make("mqtt", $"spiffe://outback-uptime/station/{Station}");
        var (client, clientKey) = certificates.Make("gateway", $"spiffe://outback-uptime/station/{Station}");
        var settings = new Dictionary<string, string>
        {
            ["Gateway:Station"] = Station,
            ["Gateway:HomeRegion"] = "syd",
            ["Gateway:DataDirectory"] = _folder.File("gateway"),
            ["Mqtt:Address"] = "127.0.0.1",
            ["Mqtt:Port"] = $"{FreePort.Next()}",
            ["Mqtt:PlaintextPort"] = $"{_plaintextPort}",
            ["Mqtt:CertificatePath"] = server,
            ["Mqtt:KeyPath"] = serverKey,
            ["Mqtt:HubsFile"] = hubs,
            ["Uplink:CertificatePath"] = client,
            ["Uplink:KeyPath"] = clientKey,
            ["Uplink:CaPath"] = certificates.CaPath,
            ["Uplink:Regions:syd:Endpoints:0"] = $"https://127.0.0.1:{uplinkPort}",
            ["Uplink:Regions:mel:Endpoints:0"] = $"https://127.0.0.1:{uplinkPort}",
            ["Admin:Port"] = $"{GatewayAdminPort}",
            ["Telemetry:TraceRatio"] = "1",
            ["Logging:LogLevel:Default"] = "Error",
        };
        _gateway = GatewayHost.Build(GatewayHost.CreateBuilder([.. settings.Select(s => $"--{s.Key}={s.Value}")]));
        await _gateway.StartAsync();
    }
}
