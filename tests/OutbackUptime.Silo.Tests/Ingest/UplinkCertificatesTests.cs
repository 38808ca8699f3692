using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OutbackUptime.Silo.Ingest;
using OutbackUptime.Testing;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.Silo.Tests.Ingest;

public sealed class UplinkCertificatesTests : IDisposable
{
    private static readonly TimeSpan s_aWhile = TimeSpan.FromSeconds(31);
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly TestCertificates _ca;
    private readonly UplinkOptions _options;

    public UplinkCertificatesTests()
    {
        _ca = new TestCertificates(_folder.FullPath);
        var (certificate, key) = _ca.Make("first", "spiffe://outback-uptime/region/syd");
        _options = new UplinkOptions { CertificatePath = _folder.File("tls.crt"), KeyPath = _folder.File("tls.key"), CaPath = _ca.CaPath };
        Install(certificate, key);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Current_WhenTheFilesAreRenewed_TakesThemAfterAWhile()
    {
        var certificates = new UplinkCertificates(_options, _time, NullLogger.Instance);
        var first = certificates.Current.Certificate.SerialNumber;
        var (certificate, key) = _ca.Make("second", "spiffe://outback-uptime/region/syd");

        Install(certificate, key);
        Assert.Equal(first, certificates.Current.Certificate.SerialNumber);
        _time.Advance(s_aWhile);

        Assert.NotEqual(first, certificates.Current.Certificate.SerialNumber);
        Assert.True(certificates.Current.Certificate.HasPrivateKey);
    }

    [Fact]
    public void Current_WhenARenewedFileIsNoGood_KeepsTheOld()
    {
        var certificates = new UplinkCertificates(_options, _time, NullLogger.Instance);
        var first = certificates.Current.Certificate.SerialNumber;

        File.WriteAllText(_options.CertificatePath, "-----BEGIN CERTIFICATE-----\nhalf of");
        _time.Advance(s_aWhile);

        Assert.Equal(first, certificates.Current.Certificate.SerialNumber);
    }

    private void Install(string certificate, string key)
    {
        File.Copy(certificate, _options.CertificatePath, overwrite: true);
        File.Copy(key, _options.KeyPath, overwrite: true);
    }
}
