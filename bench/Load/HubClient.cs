using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace OutbackUptime.Bench.Load;

/// <summary>A hub's connection: a packet made once, whose id and seq are written over, and the times of what is under way.</summary>
internal sealed unsafe class HubClient : IDisposable
{
    /// <summary>Requests that may wait for a free place in the window, open loop.</summary>
    private const int MaxWaiting = 1 << 20;

    private readonly Socket _socket;
    private readonly nint _session;
    private readonly int _descriptor;
    private readonly byte[] _packet;
    private readonly byte* _address;
    private readonly int _idAt;
    private readonly int _seqAt;
    private readonly long[] _started;
    private readonly Queue<long> _waiting;
    private readonly byte[] _partial = new byte[MqttBytes.PubAckLength];
    private int _partialLength;
    private int _next;
    private int _underWay;

    private HubClient(Socket socket, nint session, byte[] packet, int idAt, int seqAt, int window)
    {
        (_socket, _session, _packet, _idAt, _seqAt) = (socket, session, packet, idAt, seqAt);
        _descriptor = (int)socket.SafeHandle.DangerousGetHandle();
        _address = (byte*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(packet, 0);
        _started = new long[window];
        _waiting = new Queue<long>();
    }

    public int Descriptor => _descriptor;

    /// <summary>Publishes not answered yet.</summary>
    public int UnderWay => _underWay;

    public bool HasRoom => _underWay < _started.Length;

    /// <summary>Notes from when each publish counts, in order; null: nothing is noted. See <see cref="Sent"/>.</summary>
    public List<long>? Moments { get; set; }

    /// <summary>Publishes since it connected; the n-th has seq <see cref="HubPayload.SeqZero"/> + n.</summary>
    public long Sent { get; private set; }

    /// <summary>Bytes of a publish.</summary>
    public int PacketLength => _packet.Length;

    /// <summary>Connects a hub from an address of its own in 127/8, as hubs have, and waits for its CONNACK.</summary>
    public static HubClient Connect(LoadTarget target, int index, int window, DateTimeOffset start, nint tlsContext)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, SendBufferSize = 1 << 17, ReceiveTimeout = 20_000, SendTimeout = 20_000 };
        try
        {
            socket.Bind(new IPEndPoint(LoadTarget.AddressOf(index), 0));
            socket.Connect(new IPEndPoint(IPAddress.Loopback, target.Port));
            var session = target.Tls ? OpenSsl.Connect(tlsContext, (int)socket.SafeHandle.DangerousGetHandle()) : 0;
            var hub = LoadTarget.Hub(index);
            var (bytes, idAt, payloadAt) = MqttBytes.Publish($"stations/{target.Station}/hubs/{hub}/packets", HubPayload.Make(start));
            var packet = GC.AllocateUninitializedArray<byte>(bytes.Length, pinned: true);
            bytes.CopyTo(packet, 0);
            var client = new HubClient(socket, session, packet, idAt, payloadAt + HubPayload.SeqAt, window);
            client.Greet(MqttBytes.Connect(hub, hub, target.Secret), hub);
            Libc.MakeNonBlocking(client._descriptor);
            return client;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new BenchException($"Connection {index} to port {target.Port} failed: {e.Message}", e);
        }
    }

    /// <summary>Sends the next packet; its latency counts from <paramref name="since"/>.</summary>
    public void Send(long since)
    {
        var slot = _next;
        _next = slot + 1 == _started.Length ? 0 : slot + 1;
        if (_started[slot] != 0)
        {
            throw new BenchException("PUBACKs came out of order: the window's oldest place is not free.");
        }

        _started[slot] = since;
        Sent++;
        Moments?.Add(since);
        _underWay++;
        BinaryPrimitives.WriteUInt16BigEndian(_packet.AsSpan(_idAt), (ushort)(slot + 1));
        HubPayload.Increment(_packet.AsSpan(_seqAt, HubPayload.SeqDigits));
        var sent = _session != 0 ? OpenSsl.Send(_session, _address, _packet.Length) : Libc.send(_descriptor, _address, _packet.Length, 0);
        if (sent != _packet.Length)
        {
            throw new BenchException($"The server takes no more bytes, or closed the connection ({sent} of {_packet.Length} sent).");
        }
    }

    /// <summary>Open loop: a request is due; it goes now, or when there is room, and its latency counts from now on in any case.</summary>
    public void Request(long due)
    {
        if (HasRoom)
        {
            Send(due);
            return;
        }

        if (_waiting.Count >= MaxWaiting)
        {
            throw new BenchException("The server falls ever further behind the asked rate.");
        }

        _waiting.Enqueue(due);
    }

    /// <summary>Sends a request that waited, if there is one.</summary>
    public bool SendWaiting()
    {
        if (!HasRoom || !_waiting.TryDequeue(out var due))
        {
            return false;
        }

        Send(due);
        return true;
    }

    /// <summary>Forgets what is due and not sent; returns how many those were.</summary>
    public int GiveUpWaiting()
    {
        var count = _waiting.Count;
        _waiting.Clear();
        return count;
    }

    /// <summary>Reads what is there; writes the start times of what was acknowledged to <paramref name="acknowledged"/>; returns how many.</summary>
    public int Receive(byte* buffer, int capacity, Span<long> acknowledged)
    {
        _partial.AsSpan(0, _partialLength).CopyTo(new Span<byte>(buffer, capacity));
        var read = _session != 0
            ? OpenSsl.Receive(_session, buffer + _partialLength, capacity - _partialLength)
            : (int)Libc.recv(_descriptor, buffer + _partialLength, capacity - _partialLength, 0);
        if (read <= 0)
        {
            return read < 0 && (_session != 0 || System.Runtime.InteropServices.Marshal.GetLastPInvokeError() == Libc.Again)
                ? 0
                : throw new BenchException("The server closed a connection.");
        }

        var bytes = new ReadOnlySpan<byte>(buffer, _partialLength + read);
        var count = 0;
        for (; bytes.Length >= MqttBytes.PubAckLength; bytes = bytes[MqttBytes.PubAckLength..])
        {
            acknowledged[count++] = Take(bytes);
        }

        bytes.CopyTo(_partial);
        _partialLength = bytes.Length;
        return count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_session != 0)
        {
            OpenSsl.Free(_session);
        }

        _socket.Dispose();
    }

    private long Take(ReadOnlySpan<byte> bytes)
    {
        var slot = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) - 1;
        if (bytes[0] != MqttBytes.PubAck || bytes[1] != 2 || slot < 0 || slot >= _started.Length || _started[slot] == 0)
        {
            throw new BenchException($"Expected a PUBACK of a packet under way, got {Convert.ToHexString(bytes[..MqttBytes.PubAckLength])}.");
        }

        var started = _started[slot];
        _started[slot] = 0;
        _underWay--;
        return started;
    }

    private void Greet(byte[] connect, string hub)
    {
        fixed (byte* bytes = connect)
        {
            _ = _session != 0 ? OpenSsl.Send(_session, bytes, connect.Length) : _socket.Send(connect);
        }

        var answer = stackalloc byte[MqttBytes.PubAckLength];
        for (var length = 0; length < MqttBytes.PubAckLength;)
        {
            var read = _session != 0 ? OpenSsl.Receive(_session, answer + length, MqttBytes.PubAckLength - length) : _socket.Receive(new Span<byte>(answer + length, MqttBytes.PubAckLength - length));
            length += read > 0 ? read : throw new BenchException($"The server closed the connection of {hub} instead of answering CONNECT.");
        }

        if (answer[0] != 0x20 || answer[3] != 0)
        {
            throw new BenchException($"The server refused {hub}: CONNACK {answer[3]}.");
        }
    }
}
