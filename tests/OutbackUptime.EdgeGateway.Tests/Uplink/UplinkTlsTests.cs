using OutbackUptime.Testing;
using System.Security.Cryptography.X509Certificates;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.EdgeGateway.Tests.Uplink;

/// <summary>Who the gateway speaks to.</summary>
[Collection(UplinkCollection.Name)]
public sealed class UplinkTlsTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly TempFolder _stranger = new();
    private readonly UplinkFixture _uplink = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _uplink.DisposeAsync();
        _folder.Dispose();
        _stranger.Dispose();
    }

    [Fact]
    public async Task RegionOfThePrivateCa_IsSpokenTo_WithTheGatewaysCertificate()
    {
        var authority = new TestCertificates(_folder.FullPath);
        _uplink.Syd.Certificate = Server(authority, "syd");
        await StartAsync(authority);
        _uplink.Journal.Append(10);

        await _uplink.UntilSafeAsync();

        Assert.Equal("syd", _uplink.Status.CurrentRegion);
    }

    [Fact]
    public async Task RegionOfAnotherCa_IsToldNothing()
    {
        var authority = new TestCertificates(_folder.FullPath);
        _uplink.Syd.Certificate = Server(new TestCertificates(_stranger.FullPath), "syd");
        _uplink.Mel.Certificate = Server(authority, "mel");
        await StartAsync(authority);
        _uplink.Journal.Append(10);

        await _uplink.UntilSafeAsync();

        Assert.Equal("mel", _uplink.Status.CurrentRegion);
        Assert.Empty(_uplink.Syd.Hellos);
    }

    [Fact]
    public async Task CertificateOfAnotherHost_IsNotTaken()
    {
        var authority = new TestCertificates(_folder.FullPath);
        _uplink.Syd.Certificate = Server(authority, "syd", host: "syd.example");
        _uplink.Mel.Certificate = Server(authority, "mel");
        await StartAsync(authority);
        _uplink.Journal.Append(10);

        await _uplink.UntilSafeAsync();

        Assert.Equal("mel", _uplink.Status.CurrentRegion);
        Assert.Empty(_uplink.Syd.Hellos);
    }

    private async Task StartAsync(TestCertificates authority)
    {
        var (certificate, key) = authority.Make("gateway", "spiffe://outback-uptime/station/napperby");
        _uplink.With("CertificatePath", certificate).With("KeyPath", key).With("CaPath", authority.CaPath);
        await _uplink.StartAsync();
    }

    private static X509Certificate2 Server(TestCertificates authority, string region, string? host = null)
    {
        var (certificate, key) = authority.Make(region, $"spiffe://outback-uptime/region/{region}", host);
        using var pem = X509Certificate2.CreateFromPemFile(certificate, key);
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
    }
}
