using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using OutbackUptime.Bench.Load;

namespace OutbackUptime.Bench.Servers;

/// <summary>The persistent session of a subscriber (MQTT 3.1.1, QoS 1) that is away while hubs publish, as a gateway behind a broker may be.</summary>
internal static class AwaySubscriber
{
    private const string Id = "gateway";
    private static readonly TimeSpan s_answer = TimeSpan.FromSeconds(20);

    /// <summary>Makes the session.</summary>
    public static async Task SubscribeAndLeaveAsync(LoadTarget target, CancellationToken cancellationToken)
    {
        using var stream = await ConnectAsync(target, cancellationToken).ConfigureAwait(false);
        await stream.WriteAsync(MqttBytes.Subscribe("stations/#"), cancellationToken).ConfigureAwait(false);
        var granted = await ReceiveAsync(stream, 5, cancellationToken).ConfigureAwait(false);
        if (granted[4] != 1)
        {
            throw new BenchException("The broker refused the subscription.");
        }

        await stream.WriteAsync(MqttBytes.Disconnect, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Comes back and takes what the broker kept, acknowledging each, until nothing came for <paramref name="quiet"/>, or until <paramref name="limit"/>.</summary>
    public static async Task<List<PacketKey>> CollectAsync(LoadTarget target, TimeSpan quiet, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var stream = await ConnectAsync(target, cancellationToken).ConfigureAwait(false);
        using var whole = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        whole.CancelAfter(limit);
        List<PacketKey> arrived = [];
        var body = new byte[1 << 16];
        while (true)
        {
            using var next = CancellationTokenSource.CreateLinkedTokenSource(whole.Token);
            next.CancelAfter(quiet);
            try
            {
                var type = await ReadByteAsync(stream, next.Token).ConfigureAwait(false);
                var length = await ReadLengthAsync(stream, next.Token).ConfigureAwait(false);
                var packet = body.AsMemory(0, length <= body.Length ? length : throw new BenchException($"The broker sent a packet of {length} bytes."));
                await stream.ReadExactlyAsync(packet, next.Token).ConfigureAwait(false);
                if ((type & 0xF0) == 0x30)
                {
                    arrived.Add(Read(packet.Span, out var id));
                    await stream.WriteAsync(MqttBytes.PubAckOf(id), next.Token).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return arrived;
            }
        }
    }

    private static PacketKey Read(ReadOnlySpan<byte> packet, out ushort id)
    {
        var topicLength = BinaryPrimitives.ReadUInt16BigEndian(packet);
        var topic = Encoding.UTF8.GetString(packet.Slice(2, topicLength));
        id = BinaryPrimitives.ReadUInt16BigEndian(packet[(2 + topicLength)..]);
        return new PacketKey(topic.Split('/')[3], HubPayload.SeqOf(packet[(4 + topicLength)..]));
    }

    private static async Task<NetworkStream> ConnectAsync(LoadTarget target, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var stream = default(NetworkStream);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, target.Port, cancellationToken).ConfigureAwait(false);
            stream = new NetworkStream(socket, ownsSocket: true);
            await stream.WriteAsync(MqttBytes.Connect(Id, Id, target.Secret, cleanSession: false), cancellationToken).ConfigureAwait(false);
            var answer = await ReceiveAsync(stream, 4, cancellationToken).ConfigureAwait(false);
            return answer[3] == 0 ? stream : throw new BenchException($"The broker refused the subscriber: CONNACK {answer[3]}.");
        }
        catch (Exception e) when (e is SocketException or IOException or BenchException or OperationCanceledException)
        {
            stream?.Dispose();
            socket.Dispose();
            throw e is SocketException or IOException ? new BenchException($"The subscriber could not connect to port {target.Port}: {e.Message}", e) : e;
        }
    }

    private static async Task<byte[]> ReceiveAsync(NetworkStream stream, int length, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_answer);
        var bytes = new byte[length];
        await stream.ReadExactlyAsync(bytes, limit.Token).ConfigureAwait(false);
        return bytes;
    }

    private static async Task<int> ReadLengthAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        for (int length = 0, shift = 0; ; shift += 7)
        {
            var next = await ReadByteAsync(stream, cancellationToken).ConfigureAwait(false);
            length |= (next & 127) << shift;
            if (next < 128)
            {
                return length;
            }
        }
    }

    private static async Task<byte> ReadByteAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var one = new byte[1];
        await stream.ReadExactlyAsync(one, cancellationToken).ConfigureAwait(false);
        return one[0];
    }
}
