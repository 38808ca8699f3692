using System.Net;
using System.Net.Sockets;

namespace OutbackUptime.EdgeGateway.Tests.Mqtt.Guard;

/// <summary>Connections that mean no good, each coming back when it is thrown out, until the test ends.</summary>
internal sealed class Attackers(int plaintextPort, int tlsPort, int seed) : IAsyncDisposable
{
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(250);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _all = [];
    private int _connections;
    private int _open;
    private int _mostOpen;

    /// <summary>Connections made so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>The most that stood at a time.</summary>
    public int MostOpen => Volatile.Read(ref _mostOpen);

    public void Start(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var (kind, own) = (i % 5, new Random(seed + i));
            _all.Add(Task.Run(() => AttackAsync(kind, own)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_all);
        _stop.Dispose();
    }

    private async Task AttackAsync(int kind, Random random)
    {
        using var pace = new PeriodicTimer(s_pace);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, kind == 4 ? tlsPort : plaintextPort, _stop.Token);
                Interlocked.Increment(ref _connections);
                NoteOpen();
                try
                {
                    await BeBadAsync(socket, kind, random, pace);
                }
                finally
                {
                    Interlocked.Decrement(ref _open);
                }
            }
            catch (SocketException)
            {
                // Thrown out.
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private void NoteOpen()
    {
        var open = Interlocked.Increment(ref _open);
        for (var most = MostOpen; open > most && Interlocked.CompareExchange(ref _mostOpen, open, most) != most; most = MostOpen)
        {
            // Another one was faster.
        }
    }

    /// <summary>Random bytes, half a CONNECT, a CONNECT byte by byte, a packet of 256 MB that never comes, a TLS handshake that never ends.</summary>
    private async Task BeBadAsync(Socket socket, int kind, Random random, PeriodicTimer pace)
    {
        var connect = RawMqtt.Connect(GatewayProcess.Hub, "guess", $"bad-{random.Next()}", 5);
        byte[] first = kind switch
        {
            0 => Bytes(random, 1 + random.Next(2000)),
            1 => connect[..random.Next(1, connect.Length)],
            2 => connect[..1],
            3 => [(byte)(random.Next(2) == 0 ? 0x10 : random.Next(256)), 0xff, 0xff, 0xff, (byte)random.Next(0x80)],
            _ => [0x16, 0x03, 0x01, 0x3f, 0xff, 0x01, .. Bytes(random, random.Next(200))],
        };
        await socket.SendAsync(first, _stop.Token);
        var sent = first.Length;
        var ended = socket.ReceiveAsync(new byte[64], _stop.Token);
        while (!ended.IsCompleted && await pace.WaitForNextTickAsync(_stop.Token))
        {
            if (kind == 2 && sent < connect.Length)
            {
                await socket.SendAsync(connect.AsMemory(sent++, 1), _stop.Token);
            }
        }

        await ended;
        await pace.WaitForNextTickAsync(_stop.Token);
    }

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
