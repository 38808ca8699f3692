using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;
using OutbackUptime.Silo.Admin;
using OutbackUptime.Testing;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.Silo.Tests.Hosting;

/// <summary>The silo's program as a process, with TLS, on the fixture's stores and membership.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private readonly RegionsFixture _fixture;
    private readonly ChildProcess _process;
    private readonly int _uplink = FreePort.Next();
    private readonly int _admin = FreePort.Next();

    /// <summary>Opens the admin port for operators.</summary>
    public const string OperatorToken = "operator-token-of-the-tests-0123456789";

    /// <summary>Opens the admin port for viewers.</summary>
    public const string ViewerToken = "viewer-token-of-the-tests-0123456789abc";

    public SiloProcess(RegionsFixture fixture, string cluster, string region, string registry, IReadOnlyDictionary<string, string>? settings = null)
    {
        _fixture = fixture;
        var (certificate, key) = fixture.Certificates.Make($"silo-{region}", $"spiffe://outback-uptime/region/{region}");
        var environment = new Dictionary<string, string>
        {
            ["Silo__Region"] = region,
            ["Silo__Name"] = $"{region}-1",
            ["Silo__ClusterId"] = cluster,
            ["Silo__SiloPort"] = $"{FreePort.Next()}",
            ["Membership__ConnectionString"] = fixture.Azurite.ConnectionString,
            ["Registry__Path"] = registry,
            ["Registry__PollInterval"] = "00:00:00.200",
            ["GiveBack__SettleTime"] = "00:00:01",
            ["Uplink__Address"] = "127.0.0.1",
            ["Uplink__Port"] = $"{_uplink}",
            ["Uplink__CertificatePath"] = certificate,
            ["Uplink__KeyPath"] = key,
            ["Uplink__CaPath"] = fixture.Certificates.CaPath,
            ["Admin__Port"] = $"{_admin}",
            ["SignIn__OperatorToken"] = OperatorToken,
            ["SignIn__ViewerToken"] = ViewerToken,
            ["Stores__Regions__syd__ConnectionString"] = fixture.Store("syd"),
            ["Stores__Regions__mel__ConnectionString"] = fixture.Store("mel"),
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
        {
            environment[name] = value;
        }

        _process = ChildProcess.StartProject("OutbackUptime.Silo", [], environment);
    }

    public Uri AdminUrl => new($"http://127.0.0.1:{_admin}");

    /// <summary>The admin port, as an operator.</summary>
    public HttpClient Admin => field ??= new HttpClient { BaseAddress = AdminUrl, DefaultRequestHeaders = { { "Authorization", $"Bearer {OperatorToken}" } } };

    public string Output => _process.Output;

    public async Task WaitReadyAsync()
    {
        try
        {
            await Eventually.TrueAsync(async () => await IsReadyAsync(), TimeSpan.FromSeconds(60));
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"The silo did not get ready. Output:\n{_process.Output}", e);
        }
    }

    public async Task<SiloStatusPage> StatusAsync() => (await Admin.GetFromJsonAsync<SiloStatusPage>("/status"))!;

    /// <summary>A stream by a client with a certificate, or with none.</summary>
    public GatewayStream Connect(X509Certificate2? certificate)
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, server, _, _) => server is not null;
        if (certificate is not null)
        {
            handler.SslOptions.ClientCertificates = [certificate];
        }

        return new GatewayStream(GrpcChannel.ForAddress($"https://127.0.0.1:{_uplink}", new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true }));
    }

    /// <summary>A stream by the station's own gateway.</summary>
    public GatewayStream ConnectAs(string station) => Connect(_fixture.CertificateOf(station));

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await _process.DisposeAsync();
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await Admin.GetAsync("/healthz/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
