using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using OutbackUptime.Testing;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.Silo.Tests.Hosting;

/// <summary>What silos need around them: both stores (two databases of one engine), membership, a CA.</summary>
public sealed class RegionsFixture : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private ClickHouseServer _engine = null!;

    public AzuriteServer Azurite { get; private set; } = null!;

    public TestCertificates Certificates { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Certificates = new TestCertificates(_folder.FullPath);
        _engine = await ClickHouseServer.StartAsync();
        Azurite = await AzuriteServer.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await Azurite.DisposeAsync();
        await _engine.DisposeAsync();
        _folder.Dispose();
    }

    public string Store(string region) => $"Host=127.0.0.1;Port={_engine.Port};Database={region}";

    public Task<string> QueryAsync(string sql) => _engine.QueryAsync(sql);

    /// <summary>A client certificate of the fixture's CA (or of <paramref name="ca"/>) for a station.</summary>
    public X509Certificate2 CertificateOf(string station, TestCertificates? ca = null)
    {
        var (certificate, key) = (ca ?? Certificates).Make($"gateway-{station}-{Guid.NewGuid():N}", $"spiffe://outback-uptime/station/{station}");
        return X509Certificate2.CreateFromPemFile(certificate, key);
    }

    /// <summary>Writes a registry of stations with one hub each, all at home in Sydney.</summary>
    public string Registry(string name, params string[] stations)
    {
        var path = _folder.File(name + ".json");
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(new
        {
            regions = new[] { "syd", "mel" },
            stations = stations.Select(id => new { id, name = id, latitude = -25.0, longitude = 134.0, homeRegion = "syd", hubs = new[] { new { id = "bore-01", intervalSeconds = 30 } } }),
        }));
        File.Move(path + ".new", path, overwrite: true);
        return path;
    }

    public TestCertificates AnotherCa()
    {
        var folder = Path.Combine(_folder.FullPath, "other-ca");
        Directory.CreateDirectory(folder);
        return new TestCertificates(folder);
    }
}
