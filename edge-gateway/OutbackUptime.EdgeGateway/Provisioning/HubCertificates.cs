using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OutbackUptime.EdgeGateway.Provisioning;

/// <summary>Makes client certificates for hubs, signed by their CA. The key is written once, readable by its owner only.</summary>
internal sealed class HubCertificates(string caPath, string caKeyPath, string folder, TimeProvider time)
{
    private static readonly TimeSpan s_skew = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(3650);

    /// <summary>Makes one; returns the certificate's path, the key's, and the certificate's SHA-256 (hex). Throws <see cref="InvalidDataException"/>.</summary>
    public (string Certificate, string Key, string Sha256) Issue(string id)
    {
        using var ca = LoadCa();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={id}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2", "client")], false));

        // Nothing can go before or beyond the CA itself. A hub's clock may be behind.
        var now = time.GetUtcNow();
        var (from, until) = (Max(now - s_skew, ca.NotBefore), Min(now + s_longest, ca.NotAfter));
        using var certificate = request.Create(ca.SubjectName, Signer(ca), from, until, RandomNumberGenerator.GetBytes(16));
        Directory.CreateDirectory(folder);
        var (path, keyPath) = (Path.Combine(folder, $"{id}.pem"), Path.Combine(folder, $"{id}.key"));
        Write(keyPath, key.ExportPkcs8PrivateKeyPem(), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Write(path, certificate.ExportCertificatePem(), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        return (path, keyPath, certificate.GetCertHashString(HashAlgorithmName.SHA256));
    }

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Min(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static X509SignatureGenerator Signer(X509Certificate2 ca) => ca.GetECDsaPrivateKey() is { } ec
        ? X509SignatureGenerator.CreateForECDsa(ec)
        : X509SignatureGenerator.CreateForRSA(ca.GetRSAPrivateKey() ?? throw new InvalidDataException("The CA's key is neither EC nor RSA."), RSASignaturePadding.Pkcs1);

    /// <summary>A file that is there already is somebody's key: it is not written over.</summary>
    private static void Write(string path, string text, UnixFileMode mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        using var writer = new StreamWriter(path, options);
        writer.Write(text);
    }

    private X509Certificate2 LoadCa()
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(caPath, caKeyPath);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"The CA can't be used: {e.Message} Expected --ca the CA's certificate and --ca-key its key, both PEM.", e);
        }
    }
}
