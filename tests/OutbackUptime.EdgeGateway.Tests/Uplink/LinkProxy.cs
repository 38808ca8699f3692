using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace OutbackUptime.EdgeGateway.Tests.Uplink;

/// <summary>
/// A link between the gateway and a region's port: real sockets, TLS passes through. Can swallow either direction while it says
/// "connected", cut a message in its middle, delay, stall and reset as a lossy radio link does through TCP, and be gone.
/// </summary>
internal sealed class LinkProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Socket, bool> _sockets = new();
    private readonly ConcurrentBag<Task> _tasks = [];
    private readonly int _target;
    private readonly Lock _lock = new();
    private readonly Random _random;
    private TaskCompletionSource _mended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _upBudget = long.MaxValue;

    public LinkProxy(int target, int seed)
    {
        (_target, _random) = (target, new Random(seed));
        _listener.Start();
        _tasks.Add(AcceptAsync());
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Takes what the gateway sends and passes none of it on.</summary>
    public volatile bool SwallowsUp;

    /// <summary>Takes what the region sends and passes none of it on.</summary>
    public volatile bool SwallowsDown;

    /// <summary>Stops reading from the gateway: its writes block when the buffers are full.</summary>
    public volatile bool BlocksUp;

    /// <summary>Each way.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Chance that a chunk is lost, which TCP turns into a stall of one retransmission (or two, three…).</summary>
    public double Loss { get; set; }

    /// <summary>What a retransmission takes.</summary>
    public TimeSpan Retransmission { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Chance that a chunk ends its connection instead.</summary>
    public double Resets { get; set; }

    public int Connections;

    /// <summary>Passes so many more bytes up, and swallows from then on: in the middle of a frame.</summary>
    public void SwallowUpAfter(int bytes) => Interlocked.Exchange(ref _upBudget, bytes);

    /// <summary>Well again; what hung is gone, as after a new radio session.</summary>
    public void Mend()
    {
        (SwallowsUp, SwallowsDown, BlocksUp) = (false, false, false);
        Interlocked.Exchange(ref _upBudget, long.MaxValue);
        Reset();
        Interlocked.Exchange(ref _mended, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    /// <summary>All connections end at once.</summary>
    public void Reset()
    {
        foreach (var socket in _sockets.Keys)
        {
            socket.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        Reset();
        foreach (var task in _tasks)
        {
            await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var near = await _listener.AcceptSocketAsync(_stop.Token);
            Interlocked.Increment(ref Connections);
            _tasks.Add(RelayAsync(near));
        }
    }

    private async Task RelayAsync(Socket near)
    {
        using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        near.NoDelay = true;
        _sockets[near] = _sockets[far] = true;
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
            await Task.WhenAny(PassAsync(near, far, up: true), PassAsync(far, near, up: false));
        }
        catch (Exception e) when (IsAnEnd(e))
        {
            // Nobody listens there.
        }
        finally
        {
            _sockets.TryRemove(near, out _);
            _sockets.TryRemove(far, out _);
            near.Dispose();
        }
    }

    private async Task PassAsync(Socket from, Socket to, bool up)
    {
        var late = System.Threading.Channels.Channel.CreateBounded<(byte[] Bytes, DateTimeOffset Due)>(256);
        var writing = WriteAsync(late.Reader, to);
        var due = DateTimeOffset.MinValue;
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer, _stop.Token)) > 0)
            {
                while (up && BlocksUp)
                {
                    await Volatile.Read(ref _mended).Task.WaitAsync(_stop.Token);
                }

                if ((up && SwallowsUp) || (!up && SwallowsDown))
                {
                    continue;
                }

                var passed = up ? Spend(read) : read;
                if (passed == 0)
                {
                    continue;
                }

                // In order: what is late holds up what follows.
                var (stall, reset) = Luck();
                var at = TimeProvider.System.GetUtcNow() + Delay + stall;
                due = at > due ? at : due;
                if (reset)
                {
                    break;
                }

                await late.Writer.WriteAsync((buffer[..passed], due), _stop.Token);
            }
        }
        catch (Exception e) when (IsAnEnd(e))
        {
            // Ends the pair.
        }
        finally
        {
            late.Writer.TryComplete();
        }

        await writing;
    }

    private async Task WriteAsync(System.Threading.Channels.ChannelReader<(byte[] Bytes, DateTimeOffset Due)> late, Socket to)
    {
        try
        {
            await foreach (var (bytes, due) in late.ReadAllAsync(_stop.Token))
            {
                var wait = due - TimeProvider.System.GetUtcNow();
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, TimeProvider.System, _stop.Token);
                }

                await to.SendAsync(bytes, _stop.Token);
            }
        }
        catch (Exception e) when (IsAnEnd(e))
        {
            // Ends the pair.
        }
    }

    private int Spend(int bytes)
    {
        var left = Interlocked.Add(ref _upBudget, -bytes) + bytes;
        return left <= 0 ? 0 : (int)Math.Min(bytes, left);
    }

    private (TimeSpan Stall, bool Reset) Luck()
    {
        lock (_lock)
        {
            var stall = TimeSpan.Zero;
            for (var again = Retransmission; _random.NextDouble() < Loss; again *= 2)
            {
                stall += again;
            }

            return (stall, _random.NextDouble() < Resets);
        }
    }

    private static bool IsAnEnd(Exception e) => e is SocketException or OperationCanceledException or ObjectDisposedException or System.Threading.Channels.ChannelClosedException;
}
