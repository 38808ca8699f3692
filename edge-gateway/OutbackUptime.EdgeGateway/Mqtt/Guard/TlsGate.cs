using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace OutbackUptime.EdgeGateway.Mqtt.Guard;

/// <summary>The TLS side of the door. With a CA of the hubs' own, a client may show a certificate; a wrong one ends the handshake.</summary>
internal sealed class TlsGate : IDisposable
{
    private readonly X509Certificate2 _certificate;
    private readonly X509Certificate2Collection? _clientCa;
    private readonly SslServerAuthenticationOptions _options;

    public TlsGate(MqttOptions options)
    {
        // Through PKCS #12: on some platforms a server can't use a key that only lives in the PEM import.
        using var pem = X509Certificate2.CreateFromPemFile(options.CertificatePath, options.KeyPath);
        _certificate = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        if (options.ClientCaPath.Length > 0)
        {
            _clientCa = [];
            _clientCa.ImportFromPemFile(options.ClientCaPath);
        }

        _options = new SslServerAuthenticationOptions
        {
            // Built once: a handshake then costs no search for the chain.
            ServerCertificateContext = SslStreamCertificateContext.Create(_certificate, null, offline: true),
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ClientCertificateRequired = _clientCa is not null,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is null || IsOurs(certificate),
        };
    }

    /// <summary>Makes the connection secure. Throws what <see cref="SslStream"/> does.</summary>
    public async Task SecureAsync(GuardedConnection connection, CancellationToken cancellationToken)
    {
        var secure = new SslStream(connection.Stream, leaveInnerStreamOpen: false);
        connection.Stream = secure;
        await secure.AuthenticateAsServerAsync(_options, cancellationToken).ConfigureAwait(false);
        connection.IsSecure = true;
        connection.ClientCertificate = secure.RemoteCertificate is { } shown ? X509CertificateLoader.LoadCertificate(shown.GetRawCertData()) : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _certificate.Dispose();

    /// <summary>Whether the certificate is one of the hubs' CA, for clients, and valid now. Revocation: hubs.json says who may come.</summary>
    private bool IsOurs(X509Certificate shown)
    {
        if (_clientCa is null)
        {
            return false;
        }

        using var certificate = X509CertificateLoader.LoadCertificate(shown.GetRawCertData());
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_clientCa);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid("1.3.6.1.5.5.7.3.2"));
        return chain.Build(certificate);
    }
}
