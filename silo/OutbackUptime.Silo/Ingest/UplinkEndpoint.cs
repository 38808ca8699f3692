using System.Net;
using System.Net.Security;
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

    private static TlsHandshakeCallbackOptions Tls(UplinkCertificates certificates) => new()
    {
        HandshakeTimeout = TimeSpan.FromSeconds(10),
        OnConnection = _ => ValueTask.FromResult(Handshake(certificates.Current)),
    };

    private static SslServerAuthenticationOptions Handshake(UplinkIdentity identity) => new()
    {
        ServerCertificateContext = identity.Context,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        ApplicationProtocols = [SslApplicationProtocol.Http2],
        ClientCertificateRequired = true,
        // Ours is the only chain that is built, not a second one after the system's.
        CertificateChainPolicy = Policy(identity.Roots),
        RemoteCertificateValidationCallback = static (_, client, _, errors) => client is not null && errors == SslPolicyErrors.None,
    };

    private static X509ChainPolicy Policy(X509Certificate2Collection roots)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(roots);
        policy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        return policy;
    }

    [LoggerMessage(1, LogLevel.Warning, "The uplink on {Address}:{Port} is plaintext: gateways can't prove which station they are, whoever reaches it may speak for any.")]
    private partial void LogPlaintext(string address, int port);
}
