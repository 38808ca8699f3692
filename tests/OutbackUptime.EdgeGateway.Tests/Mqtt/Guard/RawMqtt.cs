using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OutbackUptime.EdgeGateway.Tests.Mqtt.Guard;

/// <summary>A socket that speaks as much or as little MQTT as the test wants.</summary>
internal sealed class RawMqtt : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);
    private readonly TcpClient _client = new();
    private NetworkStream _stream = null!;

    public static async Task<RawMqtt> OpenAsync(int port)
    {
        var raw = new RawMqtt();
        await raw._client.ConnectAsync(IPAddress.Loopback, port);
        raw._stream = raw._client.GetStream();
        return raw;
    }

    /// <summary>Connects as a hub, MQTT 5 or 3.1.1, and returns with the CONNACK's body.</summary>
    public static async Task<(RawMqtt Client, byte[] ConnAck)> ConnectAsync(int port, string user = GatewayProcess.Hub, byte version = 5, string clientId = "raw")
    {
        var raw = await OpenAsync(port);
        await raw.SendAsync(Connect(user, GatewayProcess.Secret, clientId, version));
        var (type, body) = await raw.ReadAsync() ?? throw new InvalidOperationException("No CONNACK.");
        Assert.Equal(0x20, type);
        return (raw, body);
    }

    public static byte[] Connect(string user, string secret, string clientId, byte version, ushort keepAlive = 60) =>
        Packet(0x10, [.. Text("MQTT"), version, 0xc2, .. Short(keepAlive), .. version == 5 ? new byte[] { 0 } : [], .. Text(clientId), .. Text(user), .. Text(secret)]);

    public static byte[] Publish(string topic, string payload, int qos, ushort id, byte version = 5, byte[]? properties = null) =>
        Packet((byte)(0x30 | (qos << 1)), [.. Text(topic), .. qos > 0 ? Short(id) : [], .. version == 5 ? [(byte)(properties?.Length ?? 0), .. properties ?? []] : Array.Empty<byte>(), .. Encoding.UTF8.GetBytes(payload)]);

    public static byte[] Packet(byte type, byte[] body)
    {
        var length = new List<byte>();
        var left = body.Length;
        do
        {
            length.Add((byte)((left & 0x7f) | (left > 0x7f ? 0x80 : 0)));
            left >>= 7;
        }
        while (left > 0);
        return [type, .. length, .. body];
    }

    public static byte[] Text(string text) => [.. Short((ushort)Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];

    public static byte[] Short(ushort value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        return bytes;
    }

    public async Task SendAsync(byte[] bytes) => await _stream.WriteAsync(bytes);

    /// <summary>Says that it will send no more, and still listens.</summary>
    public void HalfClose() => _client.Client.Shutdown(SocketShutdown.Send);

    /// <summary>The next packet; null when the gateway has closed or reset the connection.</summary>
    public async Task<(byte Type, byte[] Body)?> ReadAsync()
    {
        using var limit = new CancellationTokenSource(s_limit);
        var one = new byte[1];
        try
        {
            await _stream.ReadExactlyAsync(one, limit.Token);
            var (type, length, shift) = (one[0], 0, 0);
            do
            {
                await _stream.ReadExactlyAsync(one, limit.Token);
                length |= (one[0] & 0x7f) << shift;
                shift += 7;
            }
            while ((one[0] & 0x80) != 0);
            var body = new byte[length];
            await _stream.ReadExactlyAsync(body, limit.Token);
            return (type, body);
        }
        catch (Exception e) when (e is IOException or EndOfStreamException)
        {
            return null;
        }
    }

    public void Dispose() => _client.Dispose();
}
