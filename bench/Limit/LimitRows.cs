using System.Buffers.Binary;
using System.Text;

namespace OutbackUptime.Bench.Limit;

/// <summary>Packets' rows in RowBinary, as a silo writes them, of as many stations and hubs: encoded once, then only numbers change.</summary>
internal sealed class LimitRows
{
    /// <summary>What is sent before the rows.</summary>
    public const string Insert = "INSERT INTO outback.readings (station, hub, boot, seq, boot_assigned, payload_hash, hub_time, received_at, event_time, clock_quality, journal_epoch, journal_offset, metrics) FORMAT RowBinary";

    private static readonly (string Name, double Value)[] s_metrics =
    [
        ("battery_v", 13.41), ("ear_tags_near", 118), ("flow_total_l", 723911), ("pump_current_a", 4.61), ("signal_dbm", -87), ("solar_w", 52.4), ("tank_level_pct", 78.31), ("temperature_c", 31.6),
    ];

    private readonly byte[][] _hubs;
    private int _seqAt;
    private int _hashAt;
    private int _offsetAt;
    private long _next;

    /// <param name="writer">Which of a store's writers: each has stations of its own.</param>
    /// <param name="stations">Stations.</param>
    /// <param name="hubs">Hubs of each.</param>
    /// <param name="now">Their packets' times.</param>
    public LimitRows(int writer, int stations, int hubs, DateTimeOffset now) =>
        _hubs = [.. Enumerable.Range(0, stations).SelectMany(s => Enumerable.Range(0, hubs).Select(h => Row(FormattableString.Invariant($"limit-{writer}-{s:0000}"), FormattableString.Invariant($"bore-{h:0000}"), now)))];

    /// <summary>Bytes of a row: all have the same.</summary>
    public int RowBytes => _hubs[0].Length;

    /// <summary>The next rows, into a buffer that has room for them: hub after hub, as they come in from many stations at once.</summary>
    public void Fill(Span<byte> buffer, int rows)
    {
        for (var i = 0; i < rows; i++, _next++)
        {
            var row = buffer[(i * RowBytes)..];
            _hubs[_next % _hubs.Length].CopyTo(row);
            BinaryPrimitives.WriteInt64LittleEndian(row[_seqAt..], _next / _hubs.Length);
            BinaryPrimitives.WriteInt64LittleEndian(row[_hashAt..], unchecked(_next * 0x61C8864680B583EB));
            BinaryPrimitives.WriteInt64LittleEndian(row[_offsetAt..], _next);
        }
    }

    private byte[] Row(string station, string hub, DateTimeOffset now)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        Text(writer, station);
        Text(writer, hub);
        writer.Write(now.ToUnixTimeMilliseconds());
        _seqAt = Here(writer);
        writer.Write(0L);
        writer.Write((byte)0);
        _hashAt = Here(writer);
        writer.Write(0L);
        writer.Write((byte)0);
        writer.Write(now.ToUnixTimeMilliseconds());
        writer.Write(now.ToUnixTimeMilliseconds() * 1000);
        writer.Write(now.ToUnixTimeMilliseconds());
        writer.Write((sbyte)0);
        writer.Write(Guid.NewGuid().ToByteArray());
        _offsetAt = Here(writer);
        writer.Write(0L);
        writer.Write7BitEncodedInt(s_metrics.Length);
        foreach (var (name, value) in s_metrics)
        {
            Text(writer, name);
            writer.Write(value);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    private static int Here(BinaryWriter writer)
    {
        writer.Flush();
        return (int)writer.BaseStream.Position;
    }

    private static void Text(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write7BitEncodedInt(bytes.Length);
        writer.Write(bytes);
    }
}
