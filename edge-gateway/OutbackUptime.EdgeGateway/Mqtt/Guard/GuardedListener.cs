using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using MQTTnet.Adapter;

namespace OutbackUptime.EdgeGateway.Mqtt.Guard;

/// <summary>Accepts connections on one port, within the quota, and hands those that have shaken hands to the server.</summary>
internal sealed partial class GuardedListener(
    IPEndPoint endPoint, TlsGate? tls, GuardOptions options, ConnectionQuota quota, RefusalLog refusals, TimeProvider time, ILogger logger) : IDisposable
{
    private const int Backlog = 512;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);
    private readonly ILogger _logger = logger;
    private readonly Socket _socket = new(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);

    /// <summary>Starts to listen; throws <see cref="IOException"/> when the port can't be had.</summary>
    public void Bind()
    {
        try
        {
            if (endPoint.Address.Equals(IPAddress.IPv6Any))
            {
                _socket.DualMode = true;
            }

            _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            _socket.Bind(endPoint);
            _socket.Listen(Backlog);
        }
        catch (SocketException e)
        {
            throw new IOException($"Hubs can't be listened to on {endPoint}: {e.Message}. Another program may have the port (Mqtt:Port, Mqtt:PlaintextPort).", e);
        }
    }

    /// <summary>Accepts until it is cancelled. Connections live on until their own end or <paramref name="cancellationToken"/>.</summary>
    public async Task AcceptAsync(Func<IMqttChannelAdapter, Task> serve, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var socket = await _socket.AcceptAsync(cancellationToken).ConfigureAwait(false);
                Take(socket, serve, cancellationToken);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException e)
            {
                // Out of file handles, or a client that was gone before it was accepted. Not a loop that spins.
                LogNotAccepted(e.Message);
                await Task.Delay(s_pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private void Take(Socket socket, Func<IMqttChannelAdapter, Task> serve, CancellationToken cancellationToken)
    {
        EndPoint? remote;
        try
        {
            remote = socket.RemoteEndPoint;
            socket.NoDelay = true;
        }
        catch (SocketException)
        {
            // It was reset meanwhile.
            socket.Dispose();
            return;
        }

        var address = AddressKey.Of(remote);
        var refusal = quota.TryEnter(address);
        if (refusal == Refusal.None)
        {
            _ = ServeAsync(new GuardedConnection(socket, address, quota, refusals), serve, cancellationToken);
            return;
        }

        refusals.Add(refusal, address, "closed at once");
        // A reset leaves nothing behind in the system's tables.
        socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
    }

    private async Task ServeAsync(GuardedConnection connection, Func<IMqttChannelAdapter, Task> serve, CancellationToken cancellationToken)
    {
        // The next one need not wait for this one's first packet.
        await Task.Yield();
        try
        {
            await using var disposed = connection.ConfigureAwait(false);
            if (tls is null || await ShakeHandsAsync(tls, connection, cancellationToken).ConfigureAwait(false))
            {
                using var channel = new GuardedChannel(connection, options, time);
                await serve(channel).ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // One connection's trouble is its own; the others go on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogBroken(connection.RemoteEndPoint, e.Message);
        }
    }

    private async Task<bool> ShakeHandsAsync(TlsGate gate, GuardedConnection connection, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.HandshakeTime, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var who = connection.RemoteEndPoint?.ToString() ?? "";
        try
        {
            await gate.SecureAsync(connection, end.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                connection.Refuse(Refusal.HandshakeTime, who, "no TLS handshake in time");
            }
        }
        catch (Exception e) when (e is AuthenticationException or IOException or System.Security.Cryptography.CryptographicException)
        {
            connection.Refuse(Refusal.Handshake, who, e.Message);
        }

        return false;
    }

    [LoggerMessage(1, LogLevel.Warning, "A connection could not be accepted: {Reason}")]
    private partial void LogNotAccepted(string reason);

    [LoggerMessage(2, LogLevel.Debug, "The connection from {RemoteEndPoint} ended: {Reason}")]
    private partial void LogBroken(EndPoint? remoteEndPoint, string reason);
}
