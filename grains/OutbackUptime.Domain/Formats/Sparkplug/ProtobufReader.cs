using System.Buffers.Binary;

namespace OutbackUptime.Domain.Formats.Sparkplug;

/// <summary>
/// Walks over the fields of a protobuf message (<see href="https://protobuf.dev/programming-guides/encoding/">wire format</see>).
/// Every method returns false on malformed bytes and never throws.
/// </summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> bytes)
{
    public const int Varint = 0;
    public const int Fixed64 = 1;
    public const int Bytes = 2;
    public const int Fixed32 = 5;
    private const int MaxVarintBytes = 10;

    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Whether all is read.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    public bool TryReadTag(out int field, out int wireType)
    {
        (field, wireType) = (0, 0);
        if (!TryReadVarint(out var tag) || tag > uint.MaxValue)
        {
            return false;
        }

        (field, wireType) = ((int)(tag >> 3), (int)(tag & 7));
        return field > 0;
    }

    public bool TryReadVarint(out ulong value)
    {
        value = 0;
        for (var i = 0; i < MaxVarintBytes && i < _rest.Length; i++)
        {
            value |= (ulong)(_rest[i] & 0x7F) << (7 * i);
            if (_rest[i] < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return true;
            }
        }

        return false;
    }

    public bool TryReadFixed32(out uint value) =>
        BinaryPrimitives.TryReadUInt32LittleEndian(_rest, out value) && Advance(sizeof(uint));

    public bool TryReadFixed64(out ulong value) =>
        BinaryPrimitives.TryReadUInt64LittleEndian(_rest, out value) && Advance(sizeof(ulong));

    public bool TryReadBytes(out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!TryReadVarint(out var length) || length > (ulong)_rest.Length)
        {
            return false;
        }

        value = _rest[..(int)length];
        return Advance((int)length);
    }

    /// <summary>Passes over a field of no interest. Groups are not taken: no Sparkplug message has any.</summary>
    public bool TrySkip(int wireType) => wireType switch
    {
        Varint => TryReadVarint(out _),
        Fixed64 => TryReadFixed64(out _),
        Bytes => TryReadBytes(out _),
        Fixed32 => TryReadFixed32(out _),
        _ => false,
    };

    private bool Advance(int count)
    {
        _rest = _rest[count..];
        return true;
    }
}
