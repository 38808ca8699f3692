using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OutbackUptime.Ledger;

/// <summary>
/// The record's hash of a packet's content: first 64 bits of SHA-256 over <c>ts=UNIX_MS\n</c> where the hub sent a time, then
/// <c>name=VALUE\n</c> by name, the values in their shortest exact form. Reused for row after row; not thread-safe.
/// </summary>
internal sealed class ContentHash
{
    private readonly List<(byte[] Name, double Value)> _metrics = [];
    private readonly Dictionary<ulong, byte[]> _names = [];
    private byte[] _buffer = new byte[4096];

    /// <summary>Forgets the metrics of the row before.</summary>
    public void Clear() => _metrics.Clear();

    public void Add(ReadOnlySpan<byte> name, double value) => _metrics.Add((Intern(name), value));

    public ulong Compute(long? hubTimeMs)
    {
        // Names are ASCII: the order of bytes is the ordinal order.
        _metrics.Sort(static (a, b) => a.Name.AsSpan().SequenceCompareTo(b.Name));
        var length = 0;
        if (hubTimeMs is { } ms)
        {
            "ts="u8.CopyTo(_buffer);
            ms.TryFormat(_buffer.AsSpan(3), out var digits, default, CultureInfo.InvariantCulture);
            length = 3 + digits;
            _buffer[length++] = (byte)'\n';
        }

        foreach (var (name, value) in _metrics)
        {
            if (_buffer.Length - length < name.Length + 40)
            {
                Array.Resize(ref _buffer, _buffer.Length * 2 + name.Length);
            }

            name.CopyTo(_buffer, length);
            length += name.Length;
            _buffer[length++] = (byte)'=';
            value.TryFormat(_buffer.AsSpan(length), out var digits, "R", CultureInfo.InvariantCulture);
            length += digits;
            _buffer[length++] = (byte)'\n';
        }

        return OfBytes(_buffer.AsSpan(0, length));
    }

    /// <summary>First 64 bits of SHA-256, as the record has it for deliberately bad payloads.</summary>
    public static ulong OfBytes(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        return BinaryPrimitives.ReadUInt64BigEndian(digest);
    }

    /// <summary>The few names that there are, without an array for each row.</summary>
    private byte[] Intern(ReadOnlySpan<byte> name)
    {
        var key = 14695981039346656037UL;
        foreach (var b in name)
        {
            key = (key ^ b) * 1099511628211UL;
        }

        if (_names.TryGetValue(key, out var known) && name.SequenceEqual(known))
        {
            return known;
        }

        return _names.Count < 10_000 ? _names[key] = name.ToArray() : name.ToArray();
    }
}
