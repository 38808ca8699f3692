using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;
using Microsoft.Extensions.Options;

namespace OutbackUptime.EdgeGateway.Uplink;

/// <summary>Makes connections to regions, with the gateway's certificate and trust in the private CA alone.</summary>
internal sealed class UplinkChannels(IOptions<UplinkOptions> options, WireMeter meter, TimeProvider time, ILoggerFactory loggers)
{
    private readonly Dictionary<string, int> _turn = new(StringComparer.Ordinal);

    /// <summary>A channel to the region's next endpoint, which may take so long to connect. The caller disposes of it.</summary>
    public GrpcChannel Open(string region, TimeSpan connectLimit)
    {
        var endpoints = options.Value.Regions[region].Endpoints;
        int turn;
        lock (_turn)
        {
            turn = _turn.GetValueOrDefault(region);
            _turn[region] = turn + 1;
        }

        var endpoint = new Uri(endpoints[turn % endpoints.Count]);
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = connectLimit,
            ConnectCallback = ConnectAsync,
            KeepAlivePingDelay = options.Value.PingDelay,
            KeepAlivePingTimeout = options.Value.PingDelay,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            UseProxy = false,
        };
        if (endpoint.Scheme == Uri.UriSchemeHttps)
        {
            handler.SslOptions = Tls();
        }

        return GrpcChannel.ForAddress(endpoint, new GrpcChannelOptions
        {
            HttpHandler = handler,
            DisposeHttpClient = true,
            LoggerFactory = loggers,
            MaxReceiveMessageSize = 1 << 20,
        });
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
            return new MeteredStream(new NetworkStream(socket, ownsSocket: true), meter);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // Read anew for each connection, so that a renewed certificate is taken up without a restart.
    private SslClientAuthenticationOptions Tls()
    {
        var certificate = X509Certificate2.CreateFromPemFile(options.Value.CertificatePath, options.Value.KeyPath);
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(options.Value.CaPath);
        return new SslClientAuthenticationOptions
        {
            ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true),
            // Ours is the only chain that is built, not a second one after the system's.
            CertificateChainPolicy = Policy(roots),
            RemoteCertificateValidationCallback = static (_, server, _, errors) => server is not null && errors == SslPolicyErrors.None,
        };
    }

    private X509ChainPolicy Policy(X509Certificate2Collection roots)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            VerificationTime = time.GetUtcNow().UtcDateTime,
        };
        policy.CustomTrustStore.AddRange(roots);
        policy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid("1.3.6.1.5.5.7.3.1")); // serverAuth
        return policy;
    }
}
