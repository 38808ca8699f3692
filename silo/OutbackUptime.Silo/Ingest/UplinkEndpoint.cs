using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;

namespace OutbackUptime.Silo.Ingest;

/// <summary>Kestrel's endpoint for gateways: HTTP/2, client certificates of one private CA.</summary>
internal sealed partial class UplinkEndpoint(IOptions<UplinkOptions> options, TimeProvider time, ILogger<UplinkEndpoint> logger) : IConfigureOptions<KestrelServerOptions>
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const int WindowBytes = 128 * 1024;

    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(10);

    private readonly UplinkOptions _options = options.Value;

    /// <inheritdoc/>
    public void Configure(KestrelServerOptions kestrel)
    {
        var encrypted = !_options.Plaintext && _options.CertificatePath.Length > 0;
        // Half-open links: a gateway whose radio died is noticed within two of these.
        kestrel.Limits.Http2.KeepAlivePingDelay = PingInterval;
        kestrel.Limits.Http2.KeepAlivePingTimeout = PingInterval;
        // What each gateway may send ahead of being read, whatever its credit: a thousand of them hold 128 MiB here at most.
        kestrel.Limits.Http2.InitialStreamWindowSize = WindowBytes;
        kestrel.Limits.Http2.InitialConnectionWindowSize = WindowBytes;
        kestrel.Listen(IPAddress.Parse(_options.Address), _options.Port, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            if (encrypted)
            {
                listen.UseHttps(Tls(new UplinkCertificates(_options, time, logger)));
            }
            else
            {
                LogPlaintext(_options.Address, _options.Port);
            }

            listen.Use(next => connection =>
            {
                connection.Features.Set(new UplinkConnection(encrypted));
                return next(connection);
            });
        });
    }

    private static HttpsConnectionAdapterOptions Tls(UplinkCertificates certificates) => new()
    {
        ServerCertificateSelector = (_, _) => certificates.Current.Certificate,
        SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        HandshakeTimeout = TimeSpan.FromSeconds(10),
        ClientCertificateMode = ClientCertificateMode.RequireCertificate,
        ClientCertificateValidation = (client, _, _) => IsTrusted(client, certificates.Current.Roots),
    };

    private static bool IsTrusted(X509Certificate2 client, X509Certificate2Collection roots)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        return chain.Build(client);
    }

    [LoggerMessage(1, LogLevel.Warning, "The uplink on {Address}:{Port} is plaintext: gateways can't prove which station they are, whoever reaches it may speak for any.")]
    private partial void LogPlaintext(string address, int port);
}
