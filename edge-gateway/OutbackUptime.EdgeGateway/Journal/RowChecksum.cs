using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>
/// CRC-32C (RFC 3720 appendix B.4) over all fields of a row and its table's name. SQLite does not checksum its pages: without this a
/// flipped bit would be delivered as a packet. It also tells rows from rubbish when a damaged file is searched for them.
/// </summary>
internal ref struct RowChecksum
{
    private uint _crc;

    private RowChecksum(byte table) => _crc = BitOperations.Crc32C(uint.MaxValue, table);

    public static int OfEntry(JournalEntry e)
    {
        var sum = new RowChecksum((byte)'e');
        sum.Add(e.Offset);
        sum.Add((long)e.Kind);
        sum.Add(e.Hub);
        sum.Add(e.Boot);
        sum.Add(e.BootAssigned ? 1L : 0);
        sum.Add(e.Seq);
        sum.Add(JournalTime.ToMicroseconds(e.ReceivedAt));
        sum.Add(e.Payload.Span);
        sum.Add(e.Topic);
        sum.Add(e.ReasonCode);
        sum.Add(e.Reason);
        sum.Add(JournalRow.EventTime(e));
        sum.Add(unchecked((long)e.Identity));
        return sum.Value;
    }

    public static int OfWrapped(string hub, long boot)
    {
        var sum = new RowChecksum((byte)'w');
        sum.Add(hub);
        sum.Add(boot);
        return sum.Value;
    }

    public static int OfSilenced(string hub, long first, long last)
    {
        var sum = new RowChecksum((byte)'s');
        sum.Add(hub);
        sum.Add(first);
        sum.Add(last);
        return sum.Value;
    }

    public static int OfClock(string hub, long boot, long offset, long seq, long claim)
    {
        var sum = new RowChecksum((byte)'k');
        sum.Add(hub);
        sum.Add(boot);
        sum.Add(offset);
        sum.Add(seq);
        sum.Add(claim);
        return sum.Value;
    }

    public static int OfMeta(string key, string value)
    {
        var sum = new RowChecksum((byte)'m');
        sum.Add(key);
        sum.Add(value);
        return sum.Value;
    }

    public static int OfCommitted(string region, long first, long last)
    {
        var sum = new RowChecksum((byte)'c');
        sum.Add(region);
        sum.Add(first);
        sum.Add(last);
        return sum.Value;
    }

    public static int OfGone(long first, long last)
    {
        var sum = new RowChecksum((byte)'g');
        sum.Add(first);
        sum.Add(last);
        return sum.Value;
    }

    public static int OfHub(string hub, long boot, long highest, bool open, long members)
    {
        var sum = new RowChecksum((byte)'h');
        sum.Add(hub);
        sum.Add(boot);
        sum.Add(highest);
        sum.Add(open ? 1L : 0);
        sum.Add(members);
        return sum.Value;
    }

    public static int OfRecent(string hub, long slot, long boot, long seq, long hash, long offset)
    {
        var sum = new RowChecksum((byte)'r');
        sum.Add(hub);
        sum.Add(slot);
        sum.Add(boot);
        sum.Add(seq);
        sum.Add(hash);
        sum.Add(offset);
        return sum.Value;
    }

    /// <summary>Of bytes that are no row.</summary>
    public static int OfBytes(ReadOnlySpan<byte> bytes)
    {
        var sum = new RowChecksum((byte)'b');
        sum.Add(bytes);
        return sum.Value;
    }

    private readonly int Value => unchecked((int)~_crc);

    private void Add(long value) => _crc = BitOperations.Crc32C(_crc, unchecked((ulong)value));

    private void Add(string text)
    {
        var size = Encoding.UTF8.GetByteCount(text);
        Span<byte> bytes = size <= 512 ? stackalloc byte[size] : new byte[size];
        Encoding.UTF8.GetBytes(text, bytes);
        Add(bytes);
    }

    private void Add(scoped ReadOnlySpan<byte> bytes)
    {
        // The length first: fields must not run into each other.
        Add((long)bytes.Length);
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            _crc = BitOperations.Crc32C(_crc, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
        }

        foreach (var one in bytes[(words.Length * sizeof(ulong))..])
        {
            _crc = BitOperations.Crc32C(_crc, one);
        }
    }
}
