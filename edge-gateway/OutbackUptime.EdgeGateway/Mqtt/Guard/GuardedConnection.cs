using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace OutbackUptime.EdgeGateway.Mqtt.Guard;

/// <summary>An accepted connection, from its first byte on: its socket, its place in the quota, and who speaks for it.</summary>
internal sealed class GuardedConnection(Socket socket, string address, ConnectionQuota quota, RefusalLog refusals) : IAsyncDisposable
{
    private const int LingerBytes = 1 << 20;
    private static readonly TimeSpan s_lingerTime = TimeSpan.FromSeconds(1);
    private int _admitted;

    /// <summary>Its bytes: the socket's, or what TLS makes of them.</summary>
    public Stream Stream { get; set; } = new NetworkStream(socket, ownsSocket: true);

    public X509Certificate2? ClientCertificate { get; set; }

    public bool IsSecure { get; set; }

    public EndPoint? RemoteEndPoint { get; } = socket.RemoteEndPoint;

    public EndPoint? LocalEndPoint { get; } = socket.LocalEndPoint;

    /// <summary>A valid CONNECT was seen: no longer pending.</summary>
    public void Admit()
    {
        if (Interlocked.Exchange(ref _admitted, 1) == 0)
        {
            quota.Admit(address);
        }
    }

    public void Refuse(Refusal refusal, string who, string detail) => refusals.Add(refusal, who, detail);

    /// <summary>
    /// Ends the sending side and reads on for a moment: closing a socket with unread bytes resets it, and the client would not hear
    /// why (RFC 1122 section 4.2.2.13).
    /// </summary>
    public async Task LingerAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_lingerTime);
        try
        {
            socket.Shutdown(SocketShutdown.Send);
            var scratch = new byte[4096];
            for (var left = LingerBytes; left > 0;)
            {
                var read = await socket.ReceiveAsync(scratch.AsMemory(), limit.Token).ConfigureAwait(false);
                if (read == 0)
                {
                    return;
                }

                left -= read;
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // It was a courtesy.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // First: who sees the connection closed may come again at once.
        quota.Leave(address, Volatile.Read(ref _admitted) == 0);
        await Stream.DisposeAsync().ConfigureAwait(false);
        ClientCertificate?.Dispose();
    }
}
