namespace OutbackUptime.EdgeGateway.Journal.Salvage;

/// <summary>SQLite's record format (sqlite.org/fileformat2.html section 2.1). Reads anything without throwing.</summary>
internal static class SqliteRecord
{
    /// <summary>A varint at <paramref name="at"/>, which moves behind it; -1 when there is none, or it is negative.</summary>
    public static long Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0L;
        for (var i = 0; i < 9; i++)
        {
            if (at >= bytes.Length)
            {
                return -1;
            }

            var b = bytes[at++];
            if (i == 8)
            {
                return (value << 8) | b;
            }

            value = (value << 7) | (long)(b & 0x7F);
            if (b < 0x80)
            {
                return value;
            }
        }

        return -1;
    }

    /// <summary>The columns of a record, or null when the bytes are none of at most <paramref name="maxColumns"/> integers, texts and blobs.</summary>
    public static SqliteValue[]? Read(ReadOnlyMemory<byte> record, int maxColumns)
    {
        var bytes = record.Span;
        var at = 0;
        var header = Varint(bytes, ref at);
        if (header < 2 || header > bytes.Length)
        {
            return null;
        }

        var body = (int)header;
        var columns = new List<SqliteValue>(maxColumns);
        while (at < header)
        {
            var type = Varint(bytes, ref at);
            if (columns.Count == maxColumns || at > header || Size(type) is not { } size || size > bytes.Length - body)
            {
                return null;
            }

            columns.Add(Value(type, record.Slice(body, (int)size)));
            body += (int)size;
        }

        return body == bytes.Length ? [.. columns] : null;
    }

    private static long? Size(long type) => type switch
    {
        0 or 8 or 9 => 0,
        >= 1 and <= 4 => type,
        5 => 6,
        6 => 8,
        >= 12 => (type - 12) / 2,
        _ => null,
    };

    private static SqliteValue Value(long type, ReadOnlyMemory<byte> bytes) => type switch
    {
        0 => new SqliteValue(SqliteValue.Kind.Null, 0, default),
        8 or 9 => new SqliteValue(SqliteValue.Kind.Integer, type - 8, default),
        <= 6 => new SqliteValue(SqliteValue.Kind.Integer, Integer(bytes.Span), default),
        _ => new SqliteValue(type % 2 == 0 ? SqliteValue.Kind.Blob : SqliteValue.Kind.Text, 0, bytes),
    };

    private static long Integer(ReadOnlySpan<byte> bytes)
    {
        var value = (long)(sbyte)bytes[0];
        foreach (var b in bytes[1..])
        {
            value = (value << 8) | b;
        }

        return value;
    }
}
