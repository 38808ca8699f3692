using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;

namespace OutbackUptime.ClickHouse.Writing;

/// <summary>
/// Writes values of ClickHouse's RowBinary format (its documentation, "Formats: RowBinary") into a rented buffer, which goes out when it
/// is full. The driver's own way takes each row as an array of boxed values, which was most of what a silo allocated.
/// </summary>
internal sealed class RowBinaryWriter(Stream stream, int flushAt = 64 * 1024) : IDisposable
{
    private const int MostBytesOfVarint = 5;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(2 * flushAt);
    private int _used;

    /// <summary>Whether enough is there to be sent: call <see cref="FlushAsync"/> between two rows.</summary>
    public bool IsFull => _used >= flushAt;

    public void Write(byte value)
    {
        Room(1)[0] = value;
        _used++;
    }

    public void Write(bool value) => Write(value ? (byte)1 : (byte)0);

    public void Write(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Room(sizeof(long)), value);
        _used += sizeof(long);
    }

    public void Write(ulong value) => Write(unchecked((long)value));

    public void Write(double value) => Write(BitConverter.DoubleToInt64Bits(value));

    /// <summary>DateTime64(3): milliseconds since 1970; parts of one are cut off.</summary>
    public void WriteMilliseconds(DateTimeOffset value) => Write(value.ToUnixTimeMilliseconds());

    /// <summary>DateTime64(6): microseconds since 1970.</summary>
    public void WriteMicroseconds(DateTimeOffset value) => Write((value.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);

    /// <summary>UUID: its two halves, each little endian.</summary>
    public void Write(Guid value)
    {
        var room = Room(16)[..16];
        var written = value.TryWriteBytes(room, bigEndian: true, out _);
        Debug.Assert(written, "16 bytes hold a UUID");
        room[..8].Reverse();
        room[8..].Reverse();
        _used += 16;
    }

    /// <summary>String: its length in bytes, then UTF-8.</summary>
    public void Write(string value)
    {
        WriteCount(Encoding.UTF8.GetByteCount(value));
        _used += Encoding.UTF8.GetBytes(value, Room(Encoding.UTF8.GetMaxByteCount(value.Length)));
    }

    /// <summary>An unsigned number in LEB128: the length of what follows.</summary>
    public void WriteCount(int count)
    {
        var room = Room(MostBytesOfVarint);
        var left = (uint)count;
        var i = 0;
        for (; left > 0x7F; left >>= 7)
        {
            room[i++] = (byte)(left | 0x80);
        }

        room[i] = (byte)left;
        _used += i + 1;
    }

    /// <summary>Sends what is there.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await stream.WriteAsync(_buffer.AsMemory(0, _used), cancellationToken).ConfigureAwait(false);
        _used = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        var buffer = _buffer;
        _buffer = [];
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private Span<byte> Room(int bytes)
    {
        if (_buffer.Length - _used < bytes)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * _buffer.Length, _used + bytes));
            _buffer.AsSpan(0, _used).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsSpan(_used);
    }
}
