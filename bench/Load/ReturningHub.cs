using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace OutbackUptime.Bench.Load;

/// <summary>
/// A hub that lives through its server's death: one publish at a time, and it notes each PUBACK. Slower than
/// <see cref="HubClient"/>, whose connection may not end.
/// </summary>
/// <param name="target">Where to publish.</param>
/// <param name="index">Which hub.</param>
/// <param name="start">Its boot.</param>
/// <param name="interval">From publish to publish; a PUBACK that takes longer delays the next.</param>
/// <param name="again">Whether it comes back when its connection ends, and sends again what had no PUBACK, as hubs do; else it ends.</param>
internal sealed class ReturningHub(LoadTarget target, int index, DateTimeOffset start, TimeSpan interval, bool again)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_answer = TimeSpan.FromSeconds(5);
    private readonly string _hub = LoadTarget.Hub(index);
    private Socket? _socket;

    /// <summary>Publishes that got their PUBACK.</summary>
    public List<PacketKey> Acknowledged { get; } = [];

    /// <summary>Publishes until <paramref name="stop"/>; what is then under way may still be answered until <paramref name="abort"/>.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        var (packet, idAt, payloadAt) = MqttBytes.Publish($"stations/{target.Station}/hubs/{_hub}/packets", HubPayload.Make(start));
        var (first, due) = (packet[0], Stopwatch.GetTimestamp());
        try
        {
            for (var n = 1; !stop.IsCancellationRequested; n++)
            {
                BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(idAt), (ushort)((n % 60_000) + 1));
                HubPayload.Increment(packet.AsSpan(payloadAt + HubPayload.SeqAt, HubPayload.SeqDigits));
                packet[0] = first;
                while (!await TryPublishAsync(packet, idAt, abort).ConfigureAwait(false))
                {
                    if (!again)
                    {
                        return;
                    }

                    packet[0] = (byte)(first | MqttBytes.Duplicate);
                    await Task.Delay(s_pause, abort).ConfigureAwait(false);
                }

                Acknowledged.Add(new PacketKey(_hub, HubPayload.SeqZero + n));
                due += (long)(interval.TotalSeconds * Stopwatch.Frequency);
                var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
                if (left > TimeSpan.Zero)
                {
                    await Task.Delay(left, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            // What is under way has no PUBACK and is not counted.
        }
        finally
        {
            _socket?.Dispose();
        }
    }

    private async Task<bool> TryPublishAsync(byte[] packet, int idAt, CancellationToken abort)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(abort);
        limit.CancelAfter(s_answer);
        try
        {
            _socket ??= await ConnectAsync(limit.Token).ConfigureAwait(false);
            await _socket.SendAsync(packet, limit.Token).ConfigureAwait(false);
            var answer = await ReceiveAsync(_socket, limit.Token).ConfigureAwait(false);
            return answer[0] == MqttBytes.PubAck && answer.AsSpan(2, 2).SequenceEqual(packet.AsSpan(idAt, 2))
                ? true
                : throw new BenchException($"{_hub}: expected the PUBACK of its publish, got {Convert.ToHexString(answer)}.");
        }
        catch (Exception e) when (e is SocketException or IOException || (e is OperationCanceledException && !abort.IsCancellationRequested))
        {
            _socket?.Dispose();
            _socket = null;
            return false;
        }
    }

    private async Task<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(LoadTarget.AddressOf(index), 0));
            await socket.ConnectAsync(IPAddress.Loopback, target.Port, cancellationToken).ConfigureAwait(false);
            await socket.SendAsync(MqttBytes.Connect(_hub, _hub, target.Secret), cancellationToken).ConfigureAwait(false);
            var answer = await ReceiveAsync(socket, cancellationToken).ConfigureAwait(false);
            // A server that is still starting may refuse (3: unavailable); so it is tried again.
            return answer[3] == 0 ? socket : throw new IOException($"CONNACK {answer[3]}");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<byte[]> ReceiveAsync(Socket socket, CancellationToken cancellationToken)
    {
        var answer = new byte[MqttBytes.PubAckLength];
        for (var length = 0; length < answer.Length;)
        {
            var read = await socket.ReceiveAsync(answer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            length += read > 0 ? read : throw new IOException("The server closed the connection.");
        }

        return answer;
    }
}
