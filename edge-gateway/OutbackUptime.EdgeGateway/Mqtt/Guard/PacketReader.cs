using System.Net;
using MQTTnet.Adapter;

namespace OutbackUptime.EdgeGateway.Mqtt.Guard;

/// <summary>
/// Cuts a stream into packets (MQTT 5 section 2.1). The declared length is checked before memory is taken for the body: the server
/// library would take up to 268 MB at the word of anyone who connects.
/// </summary>
internal sealed class PacketReader(Stream stream)
{
    private const int MaxHeader = 5;

    /// <summary>Bytes of the buffer. A hub's packet is some 300 bytes: mostly one read for header and body, and for the next one's.</summary>
    public const int BufferSize = 1024;

    private readonly byte[] _buffer = new byte[BufferSize];
    private int _start;
    private int _end;

    /// <summary>Whether no byte waits.</summary>
    public bool IsEmpty => _start == _end;

    /// <summary>The next packet as it lies in the buffer, if all of it does. Good until something is read. <see cref="Skip"/> takes it.</summary>
    /// <param name="flags">Its first byte.</param>
    /// <param name="body">What follows its length.</param>
    public bool TryPeek(out byte flags, out ReadOnlySpan<byte> body)
    {
        var (length, header) = _start == _end ? default : Header();
        var isThere = header > 0 && length <= _end - _start - header;
        flags = isThere ? _buffer[_start] : (byte)0;
        body = isThere ? _buffer.AsSpan(_start + header, length) : default;
        return isThere;
    }

    /// <summary>Takes a packet that was peeked at; returns its size.</summary>
    public int Skip()
    {
        var (length, header) = Header();
        _start += header + length;
        return header + length;
    }

    /// <summary>Reads what is there into the empty buffer; 0 when the peer has closed. <see cref="Filled"/> must be told.</summary>
    public ValueTask<int> FillEmptyAsync(CancellationToken cancellationToken) => stream.ReadAsync(_buffer, cancellationToken);

    /// <summary>So many bytes have come.</summary>
    public void Filled(int bytes) => (_start, _end) = (0, bytes);

    /// <summary>
    /// The next packet. An empty one when the peer has closed, also in the middle; a refusal when it declares more than
    /// <paramref name="maxBytes"/> or no length at all, or its first byte is not the <paramref name="only"/> one allowed.
    /// <paramref name="onStarted"/> is called at that byte.
    /// </summary>
    public async ValueTask<(ReceivedMqttPacket Packet, Refusal Refusal)> ReadAsync(int maxBytes, byte? only, Action onStarted, CancellationToken cancellationToken)
    {
        if (_start == _end && !await FillAsync(cancellationToken).ConfigureAwait(false))
        {
            return (ReceivedMqttPacket.Empty, Refusal.None);
        }

        onStarted();
        if (only is { } expected && _buffer[_start] != expected)
        {
            return (ReceivedMqttPacket.Empty, Refusal.NotMqtt);
        }

        var (length, header) = Header();
        while (header == 0)
        {
            if (!await FillAsync(cancellationToken).ConfigureAwait(false))
            {
                return (ReceivedMqttPacket.Empty, Refusal.None);
            }

            (length, header) = Header();
        }

        if (header < 0)
        {
            return (ReceivedMqttPacket.Empty, Refusal.Malformed);
        }

        if (header + length > maxBytes)
        {
            return (ReceivedMqttPacket.Empty, Refusal.PacketSize);
        }

        var flags = _buffer[_start];
        _start += header;
        var body = length == 0 ? [] : new byte[length];
        var buffered = Math.Min(length, _end - _start);
        _buffer.AsSpan(_start, buffered).CopyTo(body);
        _start += buffered;
        if (buffered < length && await stream.ReadAtLeastAsync(body.AsMemory(buffered), length - buffered, false, cancellationToken).ConfigureAwait(false) < length - buffered)
        {
            return (ReceivedMqttPacket.Empty, Refusal.None);
        }

        return (new ReceivedMqttPacket(flags, body, header + length), Refusal.None);
    }

    /// <summary>The body's length and the header's; the header's is 0 when it is not all there, below 0 when it is none.</summary>
    private (int Length, int Header) Header()
    {
        var length = 0;
        for (var i = 1; i < MaxHeader; i++)
        {
            if (_start + i >= _end)
            {
                return (0, 0);
            }

            var b = _buffer[_start + i];
            length |= (b & 0x7f) << (7 * (i - 1));
            if ((b & 0x80) == 0)
            {
                return (length, i + 1);
            }
        }

        return (0, -1);
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += read;
        return read > 0;
    }
}
