using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OutbackUptime.Testing;

/// <summary>A private CA and what it signs, as PEM files in a folder.</summary>
public sealed class TestCertificates(string folder)
{
    private readonly X509Certificate2 _ca = MakeCa();

    public string CaPath
    {
        get
        {
            var path = Path.Combine(folder, "ca.pem");
            File.WriteAllText(path, _ca.ExportCertificatePem());
            return path;
        }
    }

    /// <summary>The CA's own key: whoever has it signs.</summary>
    public string CaKeyPath
    {
        get
        {
            var path = Path.Combine(folder, "ca.key");
            using var key = _ca.GetECDsaPrivateKey()!;
            File.WriteAllText(path, key.ExportPkcs8PrivateKeyPem());
            return path;
        }
    }

    /// <summary>Signs a certificate for this machine's loopback, or for <paramref name="host"/> alone.</summary>
    public (string Certificate, string Key) Make(string name, string uri, string? host = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri(uri));
        names.AddDnsName(host ?? "localhost");
        if (host is null)
        {
            names.AddIpAddress(IPAddress.Loopback);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], false));
        using var certificate = request.Create(_ca, _ca.NotBefore, _ca.NotAfter, RandomNumberGenerator.GetBytes(8));
        var (path, keyPath) = (Path.Combine(folder, name + ".pem"), Path.Combine(folder, name + ".key"));
        File.WriteAllText(path, certificate.ExportCertificatePem());
        File.WriteAllText(keyPath, key.ExportPkcs8PrivateKeyPem());
        return (path, keyPath);
    }

    private static X509Certificate2 MakeCa()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test CA", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));
    }
}
