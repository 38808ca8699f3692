using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Formatter;

namespace OutbackUptime.EdgeGateway.Broker;

/// <summary>How the gateway connects. Made anew for each connection, so that renewed files are taken up.</summary>
internal static class BrokerClientOptions
{
    /// <summary>Throws <see cref="IOException"/> or <see cref="System.Security.Cryptography.CryptographicException"/> for files that can't be used.</summary>
    public static MqttClientOptions Create(BrokerOptions options, string station)
    {
        var builder = new MqttClientOptionsBuilder()
            .WithTcpServer(options.Host, options.Port)
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithClientId(options.ClientId.Length > 0 ? options.ClientId : $"outback-{station}")
            .WithCleanStart(false)
            .WithSessionExpiryInterval((uint)options.SessionExpiry.TotalSeconds)
            .WithReceiveMaximum((ushort)options.ReceiveMaximum)
            .WithKeepAlivePeriod(options.KeepAlive)
            .WithTimeout(TimeSpan.FromSeconds(15));
        if (options.UserName.Length > 0)
        {
            builder = builder.WithCredentials(options.UserName, options.PasswordFile.Length > 0 ? File.ReadAllText(options.PasswordFile).TrimEnd('\r', '\n') : null);
        }

        return options.Plaintext ? builder.Build() : builder.WithTlsOptions(tls => Tls(options, tls)).Build();
    }

    private static void Tls(BrokerOptions options, MqttClientTlsOptionsBuilder tls)
    {
        tls.UseTls().WithRevocationMode(X509RevocationMode.NoCheck);
        if (options.CaPath.Length > 0)
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPemFile(options.CaPath);
            tls.WithTrustChain(roots);
        }

        if (options.CertificatePath.Length > 0)
        {
            // Through PKCS #12: on some platforms a client can't use a key that only lives in the PEM import.
            using var pem = X509Certificate2.CreateFromPemFile(options.CertificatePath, options.KeyPath);
            tls.WithClientCertificates([X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null)]);
        }
    }
}
