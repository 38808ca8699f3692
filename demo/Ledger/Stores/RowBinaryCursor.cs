using System.Buffers.Binary;

namespace OutbackUptime.Ledger.Stores;

/// <summary>
/// Reads values of ClickHouse's RowBinary format. Why this format: a Float64 comes as its eight bytes, so that what is compared is what is
/// stored; no text on the way could round it.
/// </summary>
internal ref struct RowBinaryCursor(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; }

    /// <summary>A string: its length as a varint, then its bytes. False where the bytes end first, as in all methods here.</summary>
    public bool TryString(out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!TryCount(out var length) || _bytes.Length - Position < length)
        {
            return false;
        }

        value = _bytes.Slice(Position, length);
        Position += length;
        return true;
    }

    /// <summary>A length (LEB128). Throws where it can't be one: then the answer is something else than rows.</summary>
    public bool TryCount(out int count)
    {
        count = 0;
        for (var shift = 0; ; shift += 7)
        {
            if (Position >= _bytes.Length)
            {
                return false;
            }

            var b = _bytes[Position++];
            if (shift > 21)
            {
                throw new LedgerException("The store's answer is not in the asked-for format.");
            }

            count |= (b & 0x7f) << shift;
            if (b < 0x80)
            {
                return true;
            }
        }
    }

    public bool TryUInt64(out ulong value)
    {
        value = 0;
        if (_bytes.Length - Position < 8)
        {
            return false;
        }

        value = BinaryPrimitives.ReadUInt64LittleEndian(_bytes[Position..]);
        Position += 8;
        return true;
    }

    public bool TryNullableInt64(out long? value)
    {
        value = null;
        if (Position >= _bytes.Length)
        {
            return false;
        }

        if (_bytes[Position++] != 0)
        {
            return true;
        }

        var complete = TryUInt64(out var bits);
        value = (long)bits;
        return complete;
    }

    public bool TryDouble(out double value)
    {
        var complete = TryUInt64(out var bits);
        value = BitConverter.UInt64BitsToDouble(bits);
        return complete;
    }
}
