using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OutbackUptime.Demo.Certificates;

/// <summary>A throw-away private CA (ECDSA P-256) that signs what the demo needs, in a folder only its owner reads.</summary>
internal sealed class DevAuthority
{
    private const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuth = "1.3.6.1.5.5.7.3.2";
    private static readonly TimeSpan s_life = TimeSpan.FromDays(90);
    private static readonly TimeSpan s_renewBefore = TimeSpan.FromDays(7);
    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly X509Certificate2 _ca;

    private DevAuthority(string folder, TimeProvider time, X509Certificate2 ca) => (_folder, _time, _ca) = (folder, time, ca);

    /// <summary>The CA's certificate (PEM).</summary>
    public string CaPath => Path.Combine(_folder, "ca.pem");

    /// <summary>Opens the CA in the folder, or makes it anew when it is not there or near its end.</summary>
    public static DevAuthority Open(string folder, TimeProvider time)
    {
        var directory = Directory.CreateDirectory(folder);
        directory.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var (certificate, key) = (Path.Combine(folder, "ca.pem"), Path.Combine(folder, "ca.key"));
        if (File.Exists(certificate) && File.Exists(key))
        {
            var known = X509Certificate2.CreateFromPemFile(certificate, key);
            if (known.NotAfter.ToUniversalTime() - s_renewBefore > time.GetUtcNow().UtcDateTime)
            {
                return new DevAuthority(folder, time, known);
            }
        }

        // Certificates of an old CA are worth nothing with a new one.
        foreach (var old in directory.GetFiles("*.pem").Concat(directory.GetFiles("*.key")))
        {
            old.Delete();
        }

        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Outback Uptime demo CA", ecdsa, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = time.GetUtcNow();
        var ca = request.CreateSelfSigned(now.AddHours(-1), now + s_life);
        Write(certificate, key, ca.ExportCertificatePem(), ecdsa);
        return new DevAuthority(folder, time, ca);
    }

    /// <summary>A server certificate for the names and addresses; <paramref name="uri"/> names what it serves.</summary>
    public CertificateFiles Server(string name, string uri, IEnumerable<string> hosts) => Ensure(name, ServerAuth, uri, hosts);

    /// <summary>A client certificate whose SAN URI says who the client is.</summary>
    public CertificateFiles Client(string name, string uri) => Ensure(name, ClientAuth, uri, []);

    private CertificateFiles Ensure(string name, string usage, string uri, IEnumerable<string> hosts)
    {
        var files = new CertificateFiles(Path.Combine(_folder, name + ".pem"), Path.Combine(_folder, name + ".key"));
        if (File.Exists(files.Certificate) && File.Exists(files.Key))
        {
            using var known = X509CertificateLoader.LoadCertificateFromFile(files.Certificate);
            if (known.NotAfter.ToUniversalTime() - s_renewBefore > _time.GetUtcNow().UtcDateTime)
            {
                return files;
            }
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri(uri));
        foreach (var host in hosts)
        {
            if (IPAddress.TryParse(host, out var address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(host);
            }
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_ca, true, false));
        var now = _time.GetUtcNow();
        var end = now + s_life;
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] &= 0x7F;
        using var certificate = request.Create(_ca, now.AddHours(-1), end < _ca.NotAfter ? end : _ca.NotAfter, serial);
        Write(files.Certificate, files.Key, certificate.ExportCertificatePem(), key);
        return files;
    }

    private static void Write(string certificatePath, string keyPath, string certificatePem, ECDsa key)
    {
        using (var file = new FileStream(keyPath, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
        }

        File.WriteAllText(certificatePath, certificatePem);
    }
}
