using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace OutbackUptime.Demo.Cluster;

/// <summary>
/// A station's link to one endpoint: a TCP relay that can be cut, so that packets are swallowed and nobody is told; in one direction
/// only, it is a wedge.
/// </summary>
internal sealed class LinkRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _target;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Socket, bool> _sockets = new();
    private readonly Task _accepting;
    private volatile bool _swallowsUp;
    private volatile TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LinkRelay(IPEndPoint target)
    {
        _target = target;
        _open.SetResult();
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>From now on nothing passes; connections stay "up".</summary>
    public void Cut()
    {
        if (_open.Task.IsCompleted)
        {
            _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>From now on it takes what the gateway sends, acknowledges it, and passes none of it on; the other direction is well.</summary>
    public void SwallowUp() => _swallowsUp = true;

    /// <summary>Packets pass again; what hung through the cut is gone, as after a new radio session.</summary>
    public void Mend()
    {
        _swallowsUp = false;
        CloseAll();
        _open.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Stop();
        CloseAll();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var near = await _listener.AcceptSocketAsync(_stop.Token).ConfigureAwait(false);
            _ = RelayAsync(near);
        }
    }

    private async Task RelayAsync(Socket near)
    {
        using var far = new Socket(_target.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        near.NoDelay = true;
        _sockets[near] = _sockets[far] = true;
        try
        {
            await _open.Task.WaitAsync(_stop.Token).ConfigureAwait(false);
            await far.ConnectAsync(_target, _stop.Token).ConfigureAwait(false);
            await Task.WhenAny(CopyAsync(near, far, up: true), CopyAsync(far, near, up: false)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Either end has gone: so does the other.
        }
        finally
        {
            _sockets.TryRemove(near, out _);
            _sockets.TryRemove(far, out _);
            near.Dispose();
        }
    }

    private async Task CopyAsync(Socket from, Socket to, bool up)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer, _stop.Token).ConfigureAwait(false)) > 0)
            {
                if (up && _swallowsUp)
                {
                    continue;
                }

                await _open.Task.WaitAsync(_stop.Token).ConfigureAwait(false);
                await to.SendAsync(buffer.AsMemory(0, read), _stop.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Ends the pair.
        }
    }

    private void CloseAll()
    {
        foreach (var socket in _sockets.Keys)
        {
            socket.Dispose();
        }
    }
}
