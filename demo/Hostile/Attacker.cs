using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace OutbackUptime.Demo.Hostile;

/// <summary>One hostile client on loopback: connects, does its worst, and once more when it is thrown out. Bounded in time by its token.</summary>
internal sealed class Attacker(AttackKind kind, bool tls, IPAddress from, int port, Random random, TimeProvider time)
{
    private static readonly TimeSpan s_hold = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(1500);

    private bool _isConnected;

    /// <summary>Times it got a connection.</summary>
    public int Connections { get; private set; }

    /// <summary>Times the gateway ended it before the attacker did.</summary>
    public int ThrownOut { get; private set; }

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await AttackAsync(stop).ConfigureAwait(false);
            }
            catch (Exception e) when (e is SocketException or IOException or AuthenticationException or OperationCanceledException or ObjectDisposedException)
            {
                // Refused, thrown out in the middle, or it has held on for as long as it wanted.
                ThrownOut += _isConnected && e is not OperationCanceledException ? 1 : 0;
            }

            await Task.Delay(s_pause * (0.5 + random.NextDouble()), time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task AttackAsync(CancellationToken stop)
    {
        _isConnected = false;
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(from, 0));
        await socket.ConnectAsync(IPAddress.Loopback, port, stop).ConfigureAwait(false);
        Connections++;
        _isConnected = true;
        using var hold = CancellationTokenSource.CreateLinkedTokenSource(stop);
        hold.CancelAfter(s_hold);
        await using var network = new NetworkStream(socket);
        Stream stream = network;
        if (tls)
        {
            // An attacker does not care whom it speaks to.
#pragma warning disable CA5359
            var secure = new SslStream(network, leaveInnerStreamOpen: true, (_, _, _, _) => true);
#pragma warning restore CA5359
            await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost" }, hold.Token).ConfigureAwait(false);
            stream = secure;
        }

        await SendAsync(stream, hold.Token).ConfigureAwait(false);
        var buffer = new byte[256];
        while (await stream.ReadAsync(buffer, hold.Token).ConfigureAwait(false) > 0)
        {
            // Whatever it is told.
        }

        ThrownOut++;
    }

    private async Task SendAsync(Stream stream, CancellationToken stop)
    {
        var connect = Connect("bore-01", $"guess-{random.Next()}");
        switch (kind)
        {
            case AttackKind.Noise:
                var noise = new byte[random.Next(1, 4096)];
                random.NextBytes(noise);
                await stream.WriteAsync(noise, stop).ConfigureAwait(false);
                break;
            case AttackKind.HalfConnect:
                await stream.WriteAsync(connect.AsMemory(0, random.Next(1, connect.Length)), stop).ConfigureAwait(false);
                break;
            case AttackKind.SlowLoris:
                foreach (var b in connect)
                {
                    await stream.WriteAsync(new[] { b }, stop).ConfigureAwait(false);
                    await Task.Delay(TimeSpan.FromMilliseconds(500), time, stop).ConfigureAwait(false);
                }

                break;
            case AttackKind.Oversized:
                await stream.WriteAsync(new byte[] { 0x10, 0xFF, 0xFF, 0xFF, 0x7F, 0x00, 0x04 }, stop).ConfigureAwait(false);
                await stream.WriteAsync(new byte[4096], stop).ConfigureAwait(false);
                break;
            case AttackKind.WrongPassword:
                await stream.WriteAsync(connect, stop).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>An MQTT 3.1.1 CONNECT (section 3.1).</summary>
    private static byte[] Connect(string user, string password)
    {
        byte[] body = [0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 4, 0xC2, 0, 30, .. Text(""), .. Text(user), .. Text(password)];
        return [0x10, (byte)body.Length, .. body];
    }

    private static byte[] Text(string text) => [(byte)(text.Length >> 8), (byte)text.Length, .. Encoding.UTF8.GetBytes(text)];
}
